"""Pictures of notes: as real pixels where the terminal has them, else as half blocks; never from the network.

A picture in real pixels is text like any other: each of its cells holds a placeholder that names picture, row and
column, as kitty has it. So it scrolls, is cut and is covered as text is. On the way to the terminal the driver sends a
kitty the picture before its placeholders, and puts pixels in their place for a terminal that has sixels.
"""
