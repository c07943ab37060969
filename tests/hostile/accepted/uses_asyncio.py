import asyncio


async def half(n):
    await asyncio.sleep(0.001)
    return n


async def both(n):
    return sum(await asyncio.gather(half(n), half(n)))


def double(n):
    return asyncio.run(both(n))
