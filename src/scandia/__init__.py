"""Mineral resource estimation from raw drillhole tables to a resource statement."""

__version__ = "0.1.0"
