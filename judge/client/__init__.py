"""A server's API from the outside, in our own words; the only place that speaks HTTP outwards."""

from judge.client.following import AWAY, Followed, follow
from judge.client.http import Client, connect

__all__ = ["AWAY", "Client", "Followed", "connect", "follow"]
