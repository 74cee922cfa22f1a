"""Messages between the parties of a trade or an offer: cryptography and wire format.

Pure: no database, no node, no clock. The server keeps what is made here and cannot read it. Which
accounts may write in a thread is the caller's to know. ``docs/messages.md`` says the same for
programs in other languages.
"""
