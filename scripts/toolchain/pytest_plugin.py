"""Pytest plugin: sets the tools up before Brownie's own plugin compiles the project."""

from scripts.toolchain import configure

configure()
