// Brings in the compiler and linker flags that pkg-config knows for ICU; the calls are in CICU.
