/** What python-native.ts hands to the shell and to the machine's Python. */

/**
 * $1: the interpreter, $2: seconds of processor time, $3: bytes of memory, $4: the runner. Tells on descriptor 4 the
 * process's number as the machine sees it, while the machine's /proc is still there; `exec` keeps the number. The new
 * root lies over /tmp: nobody outside sees that mount, and a folder made for it could lie where an unprivileged user may
 * not go. The program's stderr is descriptor 5 of the shell, so that the set-up's own is out of its reach.
 */
export const SET_UP = `set -e
read -r pid rest < /proc/self/stat
echo "$pid" >&4
mount -t tmpfs -o size=64m,mode=755 tmpfs /tmp
cd /tmp
mkdir usr work tmp dev old
mount --rbind /usr usr
mount -o remount,bind,ro usr
for name in bin lib lib64; do
  if [ -L "/$name" ]; then ln -s "usr/$name" "$name"; elif [ -d "/$name" ]; then mkdir "$name"; mount --rbind "/$name" "$name"; mount -o remount,bind,ro "$name"; fi
done
: > dev/null
mount --bind /dev/null dev/null
pivot_root . old
cd /work
exec prlimit --as="$3" --cpu="$2" --nproc=64 --fsize=1048576 --nofile=64 --core=0 -- "$1" -I -B -X utf8 -c "$4" 2>&5 5>&-`;

/**
 * Lets go of the machine's own root, reads a token (one line) and the program from descriptor 3, and tells on
 * descriptor 4 `TOKEN started`, before the program's first statement, and how the program ended: `TOKEN [status, text,
 * line]`. A later statement of a program cannot take back that it was started, so a failed set-up cannot be played.
 */
export const RUNNER = `
import ctypes, os, sys, random, json, traceback
# umount(8) would need /proc.
if ctypes.CDLL(None).umount2(b'/old', 2) != 0:
    sys.exit('umount: the root of the machine stays mounted')
os.rmdir('/old')
# A group of its own: signal 9 to "my group" would reach this namespace's parents, which run as the user.
os.setsid()
def run():
    # What the program may put something else in the place of.
    from json import dumps
    from os import _exit, getpid, write
    from traceback import format_exception_only, walk_tb
    with open(3, encoding='utf-8', newline='') as pipe:
        token, source = pipe.read().split('\\n', 1)
    random.seed(0)
    status, text, line = 'ok', '', None
    write(4, f'{token} started\\n'.encode())
    try:
        exec(compile(source, 'program.py', 'exec'), {'__name__': '__main__', '__builtins__': __builtins__})
    except MemoryError:
        status, text = 'memory', 'MemoryError'
    except BaseException as error:
        status = 'exception'
        text = ''.join(format_exception_only(error)).strip()[:600]
        lines = [n for frame, n in walk_tb(error.__traceback__) if frame.f_code.co_filename == 'program.py']
        if isinstance(error, SyntaxError):
            text, lines = (type(error).__name__ + ': ' + str(error.msg))[:600], [error.lineno]
        line = lines[-1] if lines else None
    # A process that the program made ends here, too.
    if getpid() != 1:
        _exit(0)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            pass
    write(4, f'{token} {dumps([status, text, line])}\\n'.encode())
    _exit(0)
run()
`;
