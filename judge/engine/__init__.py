"""The container engine: hardened throwaway containers and the byte streams to them."""
