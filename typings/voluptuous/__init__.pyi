# Home Assistant aliases voluptuous to probatio at run time; this gives the alias its types.
from probatio import *
