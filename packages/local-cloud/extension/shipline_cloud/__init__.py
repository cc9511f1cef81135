"""Shipline's in-process extension of MiniStack: makes the local cloud behave like AWS where the shop depends on it."""

MINISTACK_VERSION = "1.5.33"
"""The only MiniStack version that the patches were written against and are proven on."""

EXTENSION_VERSION = "0.1.0"
