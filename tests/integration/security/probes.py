# SPDX-License-Identifier: GPL-3.0-or-later
"""What hostile code tries from inside a sandbox. `probes.py NAME` prints "refused: WHY" or "escaped: WHAT"."""
import ctypes
import errno
import mmap
import os
import platform
import signal
import socket
import stat
import struct
import sys

libc = ctypes.CDLL(None, use_errno=True)
ARM = platform.machine() == "aarch64"
# x86-64 and generic numbers of calls that the C library does not wrap
NUMBERS = {
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "unshare": (272, 97), "setns": (308, 268),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282), "keyctl": (250, 219),
    "add_key": (248, 217), "request_key": (249, 218), "io_uring_setup": (425, 425), "open_tree": (428, 428),
    "move_mount": (429, 429), "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432),
    "fspick": (433, 433), "clone3": (435, 435), "pidfd_getfd": (438, 438), "mount_setattr": (442, 442),
    "statmount": (457, 457), "listmount": (458, 458), "open_tree_attr": (467, 467), "reboot": (169, 142),
    "kexec_load": (246, 104), "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106),
    "swapon": (167, 224), "syslog": (103, 116), "personality": (135, 92), "open_by_handle_at": (304, 265),
    "settimeofday": (164, 170), "sethostname": (170, 161), "acct": (163, 89), "chroot": (161, 51),
    "quotactl": (179, 60), "move_pages": (279, 239), "mbind": (237, 235), "fanotify_init": (300, 262),
    "memfd_secret": (447, 447), "prlimit64": (302, 261), "clone": (56, 220),
}


def call(name, *args):
    ctypes.set_errno(0)
    result = libc.syscall(ctypes.c_long(NUMBERS[name][1 if ARM else 0]), *[ctypes.c_long(a) for a in args])
    return result, ctypes.get_errno()


def refused(why):
    print("refused:", why)


def escaped(what):
    print("escaped:", what)


def attempt(action, what):
    """Runs an action that must raise OSError."""
    try:
        result = action()
    except OSError as error:
        return refused(errno.errorcode.get(error.errno, str(error)))
    escaped(f"{what} {result!r}")


def syscall(name, *args):
    result, error = call(name, *args)
    if result < 0 and error in (errno.EPERM, errno.ENOSYS, errno.EAFNOSUPPORT):
        return refused(errno.errorcode[error])
    escaped(f"{name} returned {result}, errno {error}")


def write_to(path):
    attempt(lambda: open(path, "w").write("x"), "wrote " + path)


def status(field):
    for line in open("/proc/self/status"):
        if line.startswith(field + ":"):
            return print(field, line.split()[1])


def other_processes():
    names = set()
    for pid in filter(str.isdigit, os.listdir("/proc")):
        names.add(open(f"/proc/{pid}/cmdline").read().replace("\0", " ").strip())
    strange = [n for n in names if n and "probes.py" not in n and not n.startswith("/opt/flotilla/agent")]
    escaped(strange) if strange or len(names) > 3 else refused("only ours")


def signal_host():
    for pid in range(2, 400):
        if pid != os.getpid():
            try:
                os.kill(pid, 0)
                comm = open(f"/proc/{pid}/comm").read().strip()
                if "python" not in comm and "sh" not in comm:
                    return escaped(f"{pid} {comm}")
            except OSError:
                pass
    refused("no such process")


def agent_memory():
    attempt(lambda: open("/proc/1/mem", "r+b"), "opened the agent's memory")


def agent_files():
    attempt(lambda: os.listdir("/proc/1/fd"), "listed the agent's descriptors")


def agent_root():
    attempt(lambda: os.listdir("/proc/1/root/"), "saw through the agent's root")


def kill_agent():
    os.kill(1, signal.SIGKILL)
    refused("alive") if os.path.exists("/proc/1") else escaped("killed")


def descriptors():
    found = [f"{n}:{os.readlink('/proc/self/fd/' + n)}" for n in os.listdir("/proc/self/fd")
             if int(n) > 2 and os.path.exists("/proc/self/fd/" + n)]
    escaped(found) if found else refused("none")


def environment():
    allowed = {"PATH", "HOME", "TMPDIR", "LANG", "USER", "PWD", "SHLVL", "_", "TERM", "OLDPWD", "LC_CTYPE", "PORT",
               "HOSTNAME", "container"}  # what engines add
    strange = {n: v for n, v in os.environ.items() if n not in allowed and not n.startswith("FLOTILLA_")}
    escaped(strange) if strange else refused("clean")


def connect(family, address):
    s = socket.socket(family, socket.SOCK_STREAM)
    s.settimeout(2)
    attempt(lambda: s.connect(address), f"connected to {address}")


def connect_port(port):
    connect(socket.AF_INET, ("127.0.0.1", port))


def connect_path(path):
    connect(socket.AF_UNIX, path)


def interfaces():
    names = [n for _, n in socket.if_nameindex()]
    refused("lo only") if names == ["lo"] else escaped(names)


def resolve():
    try:
        escaped(socket.getaddrinfo("example.com", 80))
    except OSError as error:
        refused(error)


def abstract(name):
    connect(socket.AF_UNIX, "\0" + name)


def host_sockets():
    found = []
    for top in ("/run", "/var/run", "/tmp", "/var", "/data", "/app", "/opt"):
        for folder, _, files in os.walk(top):
            found += [folder + "/" + f for f in files if not os.path.isfile(folder + "/" + f)]
    found = [f for f in found if os.path.exists(f) and (os.stat(f).st_mode & 0o170000) == 0o140000]
    escaped(found) if found else refused("no sockets")


def family(number, kind=socket.SOCK_DGRAM, protocol=0):
    attempt(lambda: socket.socket(number, kind, protocol), f"family {number}")


def namespace_clone():
    for flag in (0x10000000, 0x00020000, 0x20000000, 0x40000000, 0x04000000, 0x08000000, 0x02000000):
        result, error = call("clone", flag | signal.SIGCHLD, 0, 0, 0, 0)
        if result == 0:
            os._exit(0)
        if result > 0 or error != errno.EPERM:
            return escaped(f"clone {flag:#x}: {result} {error}")
    refused("EPERM")


def userns_unshare():
    syscall("unshare", 0x10000000)


def terminal_injection():
    import fcntl
    import pty
    import termios
    master, slave = pty.openpty()
    for request in (0x5412, 0x541C, 0x5423, 0x100005412):
        ctypes.set_errno(0)
        result = libc.ioctl(slave, ctypes.c_ulong(request), ctypes.create_string_buffer(b"\x00\x00x"))
        if result == 0 or ctypes.get_errno() != errno.EPERM:
            return escaped(f"ioctl {request:#x}: {result} {ctypes.get_errno()}")
    fcntl.ioctl(slave, termios.TIOCGWINSZ, b"\0" * 8)  # honest terminal calls still work
    refused("EPERM")


def run_code(code):
    """Machine code in a child; tells how it ended."""
    pid = os.fork()
    if pid == 0:
        memory = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
        memory.write(code)
        address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
        os._exit(0 if ctypes.CFUNCTYPE(ctypes.c_long)(address)() > 0 else 1)
    _, how = os.waitpid(pid, 0)
    if os.WIFSIGNALED(how):
        return refused(signal.Signals(os.WTERMSIG(how)).name)
    escaped(f"exit code {os.WEXITSTATUS(how)}")


def foreign_abi_32():
    run_code(b"\xb8\x14\x00\x00\x00\xcd\x80\xc3")  # mov eax, getpid; int 0x80; ret


def foreign_abi_x32():
    run_code(b"\xb8" + struct.pack("<I", 0x40000000 | 39) + b"\x0f\x05\xc3")


def setuid_programs():
    found = []
    for folder, _, files in os.walk("/usr/bin"):
        found += [f for f in files if os.stat(f"{folder}/{f}").st_mode & 0o6000]
    try:
        os.setuid(0)
        return escaped("became root")
    except OSError as error:
        why = errno.errorcode[error.errno]
    flags = [line.split()[5] for line in open("/proc/self/mountinfo") if line.split()[4] in ("/", "/usr", "/tmp", "/app")]
    no_gain = any(line.split() == ["NoNewPrivs:", "1"] for line in open("/proc/self/status"))
    refused(why) if no_gain or all("nosuid" in f for f in flags) else escaped(f"{flags} {found}")


def empty(path):
    try:
        content = open(path).read(100)
    except OSError as error:
        return refused(errno.errorcode[error.errno])
    escaped(content) if content else refused("empty")


def mount_table(*more):
    allowed = ("/", "/usr", "/etc", "/proc", "/dev", "/tmp", "/app", "/data", "/opt/flotilla", "/lib", "/bin", "/sbin",
               *more)
    points = [line.split()[4] for line in open("/proc/self/mountinfo")]
    strange = [p for p in points if p != "/" and not any(p == a or p.startswith(a + "/") for a in allowed[1:])]
    escaped(strange) if strange else refused(f"{len(points)} mounts")


def writable_places():
    """Every mount that can be written must be ours and limited."""
    ours = {"/tmp", "/app", "/data", "/dev/shm", "/dev/pts", "/proc"}
    strange = []
    for line in open("/proc/self/mountinfo"):
        fields = line.split()
        point = fields[4]
        if not os.access(point, os.W_OK) or stat.S_ISCHR(os.stat(point).st_mode):  # root's, or /dev/null as a mask
            continue
        if "rw" in fields[5].split(",") and point not in ours and not point.startswith("/dev/"):
            strange.append(fields[4])
    escaped(strange) if strange else refused("all read-only")


def fill(path, megabytes):
    written = 0
    try:
        with open(path, "wb") as f:
            for _ in range(megabytes):
                f.write(b"x" * 1048576)
                f.flush()
                written += 1
    except OSError as error:
        os.unlink(path)
        return refused(f"{errno.errorcode[error.errno]} after {written} MiB")
    escaped(f"wrote {written} MiB")


def fork_bomb():
    children = []
    try:
        for _ in range(2000):
            pid = os.fork()
            if pid == 0:
                signal.pause()
            children.append(pid)
        escaped(f"{len(children)} children")
    except OSError as error:
        refused(f"{errno.errorcode[error.errno]} after {len(children)}")
    sys.stdout.flush()
    for pid in children:
        os.kill(pid, signal.SIGKILL)


def inode_bomb(folder):
    """A million empty files: no bytes, but the host's inodes or kernel memory."""
    for i in range(1_000_000):
        os.mknod(f"{folder}/i{i}")
    escaped("a million files")


def memory_bomb():
    hoard = []
    for _ in range(4000):
        hoard.append(bytearray(1048576))
    escaped(f"{len(hoard)} MiB")


def change_agent_limits():
    new = (ctypes.c_ulong * 2)(0, 0)
    syscall("prlimit64", 1, 7, ctypes.addressof(new), 0)


def raise_own_limits():
    import resource
    attempt(lambda: resource.setrlimit(resource.RLIMIT_NPROC, (100000, 100000)), "raised RLIMIT_NPROC")


def device_node():
    attempt(lambda: os.mknod("/tmp/device", 0o600 | 0o020000, os.makedev(1, 1)), "made a device")


def control_socket():
    tried = ["/run/flotilla/control.sock", "/run/flotilla/app.sock", "control.sock"]
    for path in tried:
        try:
            socket.socket(socket.AF_UNIX).connect(path)
            return escaped("connected to " + path)
        except OSError:
            pass
    for line in open("/proc/net/unix"):
        if ".sock" in line:
            return escaped(line)
    refused("not there")


def agent_sockets():
    """The listening sockets that the agent inherited must not be usable through /proc."""
    for number in range(3, 10):
        try:
            os.open(f"/proc/1/fd/{number}", os.O_RDWR)
            return escaped(f"opened descriptor {number}")
        except OSError:
            pass
    pidfd = os.pidfd_open(1)
    syscall("pidfd_getfd", pidfd, 3, 0)


def symlink_to_host():
    os.symlink("/proc/1/root/etc/shadow", "/data/link")
    attempt(lambda: open("/data/link").read(10), "read through a link")


def ordinary_work():
    """The filter must not be in the way of honest programs."""
    import subprocess
    import tempfile
    import threading
    assert subprocess.run(["/bin/sh", "-c", "echo a | cat"], capture_output=True, check=True).stdout == b"a\n"
    thread = threading.Thread(target=lambda: None)
    thread.start()
    thread.join()
    with tempfile.NamedTemporaryFile() as f:
        f.write(b"x")
    server = socket.create_server(("127.0.0.1", 0))
    socket.create_connection(server.getsockname()).close()
    assert socket.getaddrinfo("localhost", 80)
    assert os.cpu_count() and os.urandom(4) and open("/proc/meminfo").read()
    os.posix_fallocate(os.open("/tmp/x", os.O_CREAT | os.O_RDWR), 0, 4096)
    print("worked")


if __name__ == "__main__":
    probe, *arguments = sys.argv[1:]
    globals()[probe](*[int(a, 0) if a.lstrip("-").isdigit() or a.startswith("0x") else a for a in arguments])
