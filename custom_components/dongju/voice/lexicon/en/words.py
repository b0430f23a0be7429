# ruff: noqa: E501, ISC004 - tables of words read best one row to a line
"""English verbs and function words. Phrases are separated by commas."""

from typing import Final

from ...tokens import Tag

VERBS: Final[tuple[tuple[str, str], ...]] = (
    (
        "on",
        "turn on, switch on, power on, power up, turn it on, switch it on, activate, enable, flip on, light up, plug in, get on, fire up, turned on, switched on, pop on, stick on",
    ),
    (
        "off",
        "turn off, switch off, power off, power down, shut off, shut down, turn out, kill, deactivate, disable, switch out, cut off, flip off, unplug, off, turned off, switched off, turn it off, switch it off, shut it off, turn them off, out, put out, pop off",
    ),
    ("play_on", "put on, throw on"),
    ("run", "run, operate, running a"),
    (
        "start",
        "start, begin, kick off, launch, start up, get going, begin to, set going, trigger, execute, start running, kick it off, get started, fire",
    ),
    ("set", "set, adjust, setting, keep, program, set it, configure"),
    (
        "do",
        "turn, turning, switching, pop, pull, push, put, make, get, do, knock, nudge, dial, kick, ease, slide, tick, pull down, push up, yank, throw, stick, chuck, have, let, give, bring, flip, take, want, move, use, take it, go ahead and, hit, press",
    ),
    (
        "change",
        "change, switch, switch to, switch over to, change to, go to, change over to, flip to, tune to, tune, swap to, turn to, tune in to, jump to, change it to",
    ),
    (
        "up",
        "raise, increase, turn up, bump up, crank up, boost, pull up, crank, bump, put up, up it, turn it up, bring up, step up, heighten, roll up, lift",
    ),
    ("louder", "louder, make louder, pump up"),
    (
        "down",
        "lower, decrease, reduce, turn down, drop, bring down, take down, cut, put down, turn it down, step down, drop it, lower it, roll down",
    ),
    ("brighten", "brighten, brighten up, light up more"),
    ("dim", "dim, dim down, soften"),
    ("open", "open, open up, draw back, pull open"),
    ("close", "close, shut, draw, pull shut, pull closed, close up"),
    ("lock", "lock, lock up, secure, bolt"),
    ("unlock", "unlock, disarm, unbolt, unsecure, unseal"),
    ("stop", "stop, halt, end, quit, terminate, abort"),
    ("pause", "pause, hold, suspend, freeze it"),
    ("resume", "resume, continue, carry on, unpause, keep going, start again, restart, pick up"),
    ("play", "play, listen to, hear, put some"),
    ("show", "show me, show, list, list all, watch, display, pull up, let me watch, let me see, see"),
    ("find", "find, search for, search, look up, look for, find me"),
    (
        "tell",
        "ask, tell me, check, let me know, give me, read me, read, tell us, say, do you know, can you tell me, report, read out, check if, check whether, see if, see whether, find out if, make sure, ensure, make sure that, tell, know, notify me, ping me, text me, message me, alert me, buzz me, give me a shout, shout, holler, remind me, inform me, read me out, brief me on, give me an update on, update me on, what about",
    ),
    ("summon", "call, summon, hail, fetch, call for"),
    ("call", "wake me, wake me up, wake us up, wake up, call me, remind, get me up, wake"),
    ("announce", "announce, broadcast, tell everyone"),
    ("reserve", "delay, schedule, postpone, put off, delay start of"),
    ("cancel", "cancel, delete, clear, remove, call off, scrap"),
    (
        "preheat",
        "preheat, pre heat, heat up, warm up, pre-heat, preheating, warming up, bring up to heat, preheated, heated up, warmed up",
    ),
    (
        "clean",
        "clean, vacuum up, vacuuming, sweep, mop, clean up, hoover up, do the floors, cleaning, sweep up, vacuum the, hoover the, sweeping, mopping, do the vacuuming",
    ),
    (
        "wash",
        "wash the, wash my, do the laundry, do laundry, do the washing, do a load of laundry, do a wash, wash some, wash a load, do a load, washing the",
    ),
    ("wash_dishes", "wash the dishes, do the dishes, do the washing up, clean the dishes"),
    ("make_dry", "dry the, dry my, dry some, drying the, tumble dry"),
    ("ventilate", "ventilate, air out, let in fresh air"),
    (
        "dock",
        "go home, go home and charge, go back and charge, go back, send home, return, come back, go charge, go to its dock, return to base, go back to its dock, send it home, send back, go and charge",
    ),
    ("go", "send, tell it to go, go"),
    ("skip", "skip, skip ahead, skip this"),
    ("mute", "mute, silence, mute it, hush"),
    ("unmute", "unmute, un mute, turn the sound back on, unsilence"),
    ("air_out", "refresh, steam, freshen, freshen up, sanitize, care for"),
    (
        "finish",
        "finish, done, finished, complete, ready, over, be done, through, ends, finishes, end up, completed, be ready, be finished",
    ),
    ("remain", "left, remaining, remains, to go"),
    ("last", "take, last"),
    ("is_on", "on right now, still on, switched on now, currently on"),
    ("is_closed", "closed, shut right now"),
    ("is_locked", "locked, unlocked"),
    ("is_running", "running, working, going, active, still running, still going, playing"),
    ("is_doing", "doing, up to"),
    ("is_set", "set to, set at, set for"),
    ("use", "used, consumed, using, consuming, consume"),
    (
        "swap",
        "need changing, need replacing, need to be replaced, be changed, replace, need cleaning, need a change, be replaced, changing, replacing",
    ),
    ("leave", "leave, keep it, don't touch, never mind, nevermind, forget it, leave it, forget, forget about"),
    ("measure", "time me, count down"),
    ("carry", "need, take"),
    ("be_born", "born, invented, wrote, discovered, written, painted, died, won, made, founded, built"),
)

FEELINGS: Final[tuple[tuple[str, str], ...]] = (
    ("hot", "hot, boiling, roasting, stuffy hot, sweating, burning up, sweltering, hotter"),
    ("cold", "cold, freezing, chilly, colder, frozen, shivering, chillier"),
    ("cool", "cooler, cool it down, cool it, cool down"),
    ("warm", "warmer, warm, warm it up, warm it, heat it up, hot up"),
    (
        "dark",
        "dark, darker, dimmer, gloomy, can't see, can't see anything, can't see a thing, cannot see anything, pitch black",
    ),
    ("bright", "bright, brighter, too bright, blinding"),
    ("loud", "loud, louder, noisy"),
    (
        "quiet",
        "quieter, softer, quiet down, too quiet, less loud, can't hear, can't hear it, cannot hear, can't really hear",
    ),
    ("strong", "stronger, harder, faster, more powerful"),
    ("weak", "weaker, slower, gentler"),
    ("humid", "humid, muggy, damp"),
    (
        "dry",
        "too dry, drier air, so dry, really dry, feels dry, air is dry, the air is dry, the air is too dry, the air is so dry",
    ),
    ("stuffy", "stuffy, smelly, smoky, smells, smells bad, smells funny, stinks, it smells, it smells bad, it stinks"),
    ("high", "higher"),
    ("low", "lower down"),
    ("tired", "tired, bored, hungry, exhausted, sick, sad, happy, sleepy, lonely, scared, afraid, frightened, scary"),
    ("nice", "nice, relaxing, calm, good, happy, upbeat, sad, soft, chill, calming, soothing"),
    ("dirty", "dirty, messy, filthy, dusty floor"),
)

WORDS: Final[tuple[tuple[Tag, str, str], ...]] = (
    (Tag.FILLER, "", "please, can you, could you, would you, will you, could you please, can you please, would you please, could somebody, could someone, can somebody, can someone, would somebody, would someone, will someone, will somebody, would you mind, i want you to, i'd like you to, i would like you to, i'd like to, i would like to, i want to, i'd like, "
                     "i need you to, just, now, right now, kindly, ok, okay, um, uh, so, well, for me, for us, hey, hello, hi, quickly, go ahead, let's, lets, let us, i need, i want, thanks, thank you, immediately, right away, straight away, asap, as soon as possible, real quick, at once, "
                     "if you can, if possible, if you don't mind, would you be so kind, can we, could we, can i, could i, can i get, could i have, i think, you know, alright, right, already, still, currently, at the moment, yet, maybe, perhaps, "
                     "you can, you could, you should, you may, feel free to, actually go ahead and, hold on, hold on a second, hang on a second, hang on a sec, for a while, for a bit, for a moment, for a sec, a second, a moment, sec, buddy, man, dear, go on and, all good, mind, one more time, i'm going to, i am going to, we should, i wanna, wanna, gonna, how about, what about we, why don't you, why not, time to, it's time to"),
    (Tag.PERSON, "", "i, i'm, i am, we're, we are, me, my, we, us, our, you, your, he, she, they, mom, dad, kids, someone, somebody, anyone, everybody, everyone, mine, guests, myself, i've, we've"),
    (Tag.GLUE, "", "the, a, an, of, in, on, with, from, this, that, there, its, their, into, onto, inside, for, it's, it is, is, are, am, was, were, be, been, being, as, over, has been, what's, one, ones, "
                   "about, than, gets, there's, mode please, side, that's, thing, there is, there are, alone, as is, some of, any of, off of, well as, via, using, near, next to the, level to, like, within, target, target to"),
    (Tag.TO, "", "to, at, until, up to, down to, to about, to around, at about"),
    (Tag.BY, "", "by, by about, by around"),
    (Tag.AND, "", "and, plus, as well as, along with, &"),
    (Tag.THEN, "", "then, and then, and also, also, after that, afterwards, next up"),
    (Tag.THEN, "comma", ","),
    (Tag.REPAIR, "", "no, no wait, wait no, sorry, i mean, actually, rather, make that, wait, or rather, scratch that, i meant, oops, no sorry, correction, no make that, no actually, hang on, hmm"),
    (Tag.INSTEAD, "", "instead of, rather than, not"),
    (Tag.EXCEPT, "", "except, except for, but not, other than, apart from, excluding, everything but, all but"),
    (Tag.ALL, "", "all, all the, every, everything, all of, all of the, each, whole, entire, all devices, all the devices, every device, all appliances, all the appliances, every appliance"),
    (Tag.ALL, "home", "the whole house, whole house, all over the house, in the whole house, in the house, the house, throughout the house, around the house, house, apartment, the apartment, flat, the entire house, entire house, everywhere"),
    (Tag.ALL, "two", "both"),
    (Tag.HERE, "", "here, in here, this room, in this room, over here, room, the room, my room"),
    (Tag.THAT, "", "it, them, that one, this one, those, these, that thing"),
    (Tag.MORE, "", "more, even more, some more, further, another"),
    (Tag.LESS, "", "less, not so, not as"),
    (Tag.DEGREE, "", "a bit, a little, a little bit, little bit, lil bit, just a bit, just a little, just a little bit, slightly, a lot, too, very, really, so much, a touch, a tad, way too, pretty, quite, much, way, kind of, kinda, a bit more, a little more, super, somewhat, a crack"),
    (Tag.DEGREE, "some", "some"),
    (Tag.DEGREE, "enough", "enough"),
    (Tag.WAY, "max", "max, maximum, full, all the way up, fully, completely, as high as possible, the max, all the way, full brightness, the maximum, maximum brightness"),
    (Tag.WAY, "min", "min, minimum, all the way down, as low as possible, the minimum, lowest setting"),
    (Tag.WAY, "up", "up, upward"),
    (Tag.WAY, "down", "down, downward"),
    (Tag.WAY, "next", "next, following, next one, something else, another song, a different song, another track"),
    (Tag.WAY, "previous", "previous, last channel, earlier, last one, what i was watching, i was watching, was watching, prior, what we were watching, previous one, what i was listening to, what i was watching before"),
    (Tag.PLAY_MODE, "repeat", "repeat, on repeat, in a loop, on a loop, on loop, repeating, repeat mode, over and over"),
    (Tag.PLAY_MODE, "repeat_one", "repeat one"),
    (Tag.PLAY_MODE, "shuffle", "shuffle, on shuffle, shuffled, shuffling, shuffle mode, in random order, random order, randomly"),
    (Tag.PLAY_MODE, "beginning", "from the beginning, from the start, from the top"),
    (Tag.AGAIN, "", "again, once more, back on"),
    (Tag.AFTER, "", "from now, later, after, afterward"),
    (Tag.AFTER, "vague", "in a bit, in a while, soon, later on, in a moment, after a while, some time later, in a little while"),
    (Tag.FOR, "", "for about, long, during"),
    (Tag.MODE_WORD, "", "mode, setting, cycle, course, program, wash cycle, programme"),
    (Tag.WH, "what", "what, what's, what is, what are, what's the, what was, whats, what does, what kind of, what do"),
    (Tag.WH, "when", "when, when will, when does, when is, when's, when did, when was"),
    (Tag.WH, "where", "where, where's, where is, where are, where did"),
    (Tag.WH, "who", "who, who's, who is, who was, whose, who did, who are"),
    (Tag.WH, "why", "why, why is, why does, why are"),
    (Tag.WH, "how_much", "how much, how long, how many, how much longer, how far, how high, how tall, how old, how big, how much time, how long until, how many minutes, how long does, how deep, how long is, how fast, how much time is, how heavy"),
    (Tag.WH, "warm", "how warm, how hot, how cold, how many degrees, what temperature, what's the temperature, how cold is it, how hot is it, how warm is it"),
    (Tag.WH, "time", "what time, what time is it, what's the time, what time it is, what is the time"),
    (Tag.WH, "channel", "what channel, which channel, what's on"),
    (Tag.WH, "how", "how, how's, how is, how are, how does, how do, how was, how did"),
    (Tag.WH, "any", "which, which of the, is any, are any, is any of the, are any of the, is there any, are there any, did i leave any, did we leave any, did anyone leave any, have i left any, have we left any"),
    (Tag.WH, "aux", "is, are, is the, are the, did, does, has, was, were, do we, did i, did we, is there, are there, have i, have we, is my, are my, isn't, aren't, didn't, will, should, do i, is it, has the, did the, does the, was the, did you, should i, will it, do i need, do we need, is anyone, did anyone, did someone"),
    (Tag.NEGATION, "", "don't, do not, never, dont, never mind, nevermind, please don't, don't you, do n't, shouldn't, mustn't, not yet, you shouldn't, no need to, there's no need to, i don't want you to, i don't want, you don't have to, forget about, avoid, stop me from, refrain from, without, better not, didn't ask, i didn't ask"),
    (Tag.CHAT, "", "hello there, good job, well done, i love you, how are you, tell me a joke, what's your name, who are you, you're funny, sing a song, nice to meet you, i'm bored, i'm tired, i'm hungry, how are you doing"),
    (Tag.CONDITION, "", "if, whenever, unless, in case, when it, when the, when my, once, once the, as soon as, as soon as the"),
)  # fmt: skip

SCENE_SENTENCES: Final[tuple[tuple[str, str], ...]] = (
    ("sleep", "good night, goodnight, i'm going to bed, i'm off to bed, time for bed, going to bed, i'm going to sleep, bedtime, i'm heading to bed, it's bedtime, night night, i am going to bed, we're going to bed, i'm turning in, i'm about to sleep, off to bed, heading to bed, going to sleep, time to sleep, let's go to bed, it's time for bed, i'm hitting the sack, sleep tight"),
    ("away", "i'm heading out, i'm leaving, i'm going out, we're leaving, i'm off, we're heading out, i'm off to work, heading out, i'm leaving home, i'm leaving now, we're going out, leaving now, i'm out, i'm going to work, i'm leaving for work, i'm leaving the house, see you later, goodbye, bye, i am leaving, i am going out, off to work, be back later, i'll be back later, i'm stepping out, heading to work, i'm heading to work, bye bye, i'm leaving for the day"),
    ("home", "i'm home, i am home, we're home, i'm back, we're back, i'm back home, honey i'm home, we're back home, i am back, we are back, we are home, i just got home, i got home, just got home, i have arrived home, back home, i'm home from work, we just got home"),
    ("movie", "movie time, it's movie time, movie night, let's watch a movie, time for a movie, i'm going to watch a movie, we're watching a movie, it's movie night, i want to watch a movie, we're going to watch a movie, we're about to watch a movie"),
    ("morning", "good morning, i'm up, i'm awake, rise and shine, i just woke up"),
)  # fmt: skip

WAKE_WORDS: Final = (
    "hey lg, hi lg, ok lg, hey genie, hi genie, genie, gigagenie, giga genie, hey giga genie, hey bixby, hi bixby, bixby, hey google, ok google, okay google, alexa, hey alexa, hey siri, siri, aria, hey aria, hey kakao, clova, hey clova, "
    "hey uplus, hi uplus, hey u plus, hey dongju, hi dongju, hi elgee, hello lg, hey thinq, hi thinq, jiniya, hello genie"
)
