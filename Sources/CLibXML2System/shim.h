// Brings in the compiler and linker flags that pkg-config knows for libxml2; the calls are in CLibXML2.
