"""System call filters that a process puts on itself, where the engine's does not do.

gVisor has a kernel of its own and takes no seccomp profile from the engine. What a process does
there stays inside the box, but the same program shall get the same verdict: what our profile
refuses is refused here, too. A list of what is refused, not of what is allowed: the numbers of the
two architectures are written down by hand.

And the engine's profile is one for all of a box: what only the warm interpreter may do, it refuses
to those that it forks.
"""

import ctypes
import errno
import platform
import struct
from collections.abc import Callable

_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, _PR_SET_NO_NEW_PRIVS = 22, 2, 38
_LOAD, _JUMP_EQUAL, _JUMP_ABOVE, _JUMP_ANY, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
# Where they are in seccomp_data; the low half of an argument.
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT, _THIRD_ARGUMENT = 0, 4, 16, 32
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_X32 = 0x40000000  # system calls of another ABI begin here
_AF_UNIX = 1
_NEW_NAMESPACES = 0x7E020080
_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

# name: its number on x86_64, on aarch64
_REFUSED = {
    "acct": (163, 89), "add_key": (248, 217), "bpf": (321, 280), "chroot": (161, 51),
    "delete_module": (176, 106), "fanotify_init": (300, 262),
    "fsconfig": (431, 431), "fsmount": (432, 432),
    "fsopen": (430, 430), "fspick": (433, 433), "finit_module": (313, 273),
    "init_module": (175, 105), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "io_uring_setup": (425, 425), "kcmp": (312, 272), "kexec_load": (246, 104),
    "keyctl": (250, 219), "mount": (165, 40), "mount_setattr": (442, 442),
    "move_mount": (429, 429), "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265),
    "open_tree": (428, 428), "perf_event_open": (298, 241), "personality": (135, 92),
    "pidfd_getfd": (438, 438), "pivot_root": (155, 41), "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271), "ptrace": (101, 117), "quotactl": (179, 60),
    "reboot": (169, 142), "request_key": (249, 218), "setdomainname": (171, 162),
    "sethostname": (170, 161), "setns": (308, 268), "swapoff": (168, 225), "swapon": (167, 224),
    "syslog": (103, 116), "umount2": (166, 39), "unshare": (272, 97), "userfaultfd": (323, 282),
    "vhangup": (153, 58),
    # System V objects outlive their makers, and gVisor lists them nowhere for a cleaner to find.
    "msgget": (68, 186), "semget": (64, 190), "shmget": (29, 194),
}  # fmt: skip
_CLONE, _CLONE3, _SOCKET, _SOCKETPAIR = (56, 220), (435, 435), (41, 198), (53, 199)
_MADVISE, _MADV_COLLAPSE = (28, 233), 25
_EPERM, _ENOSYS = _ERRNO | errno.EPERM, _ERRNO | errno.ENOSYS

Program = list[tuple[int, int, int, int]]  # code, jump if true, jump if false, value


def refuse() -> None:
    """Refuse, in this process and all it will start, what the engine's profile would.

    Raises:
        OSError: there can be no filter here.
    """
    _put_on(_as_in_the_profile)


def refuse_collapsing() -> None:
    """Refuse MADV_COLLAPSE, which leaves the pages of a file where other boxes see them.

    Raises:
        OSError: as in `refuse`.
    """
    _put_on(_no_collapsing)


def _put_on(program_for: Callable[[int], Program]) -> None:
    if (machine := platform.machine()) not in _ARCHITECTURES:
        raise OSError(errno.ENOSYS, f"no system call filter for {machine}")
    place = list(_ARCHITECTURES).index(machine)
    whole: Program = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_JUMP_EQUAL, 1, 0, _ARCHITECTURES[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_JUMP_ABOVE, 0, 1, _X32),
        (_RETURN, 0, 0, _EPERM),
        *program_for(place),
    ]
    code = b"".join(struct.pack("HBBI", *one) for one in whole)
    instructions = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(instructions))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, program, 0, 0) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"no system call filter: {errno.errorcode.get(number)}")


def _as_in_the_profile(place: int) -> Program:
    program: Program = []
    for numbers in _REFUSED.values():
        program += [(_JUMP_EQUAL, 0, 1, numbers[place]), (_RETURN, 0, 0, _EPERM)]
    return [
        *program,
        (_JUMP_EQUAL, 0, 1, _CLONE3[place]),  # its flags are out of sight; clone is tried next
        (_RETURN, 0, 0, _ENOSYS),
        (_JUMP_EQUAL, 1, 0, _SOCKETPAIR[place]),
        (_JUMP_EQUAL, 0, 3, _SOCKET[place]),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_JUMP_EQUAL, 4, 0, _AF_UNIX),
        (_RETURN, 0, 0, _EPERM),
        (_JUMP_EQUAL, 0, 2, _CLONE[place]),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_JUMP_ANY, 1, 0, _NEW_NAMESPACES),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _EPERM),
    ]


def _no_collapsing(place: int) -> Program:
    return [
        (_JUMP_EQUAL, 0, 3, _MADVISE[place]),
        (_LOAD, 0, 0, _THIRD_ARGUMENT),
        (_JUMP_EQUAL, 0, 1, _MADV_COLLAPSE),
        (_RETURN, 0, 0, _EPERM),
        (_RETURN, 0, 0, _ALLOW),
    ]
