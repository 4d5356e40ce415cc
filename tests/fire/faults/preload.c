/*
 * Every call by which a process changes files passes through here, in the command under test and in all that it
 * starts. Processes share one page: the number of the next call, which call fails, and how. What happened is written
 * to a trace, with the bytes that were written, so that a power cut can be played back.
 *
 * For the tests only; built by them with `cc -shared -fPIC`.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define PAGE "CXW_FAULT_PAGE"
#define TRACE "CXW_FAULT_TRACE"
#define PROCESSES 1000

enum mode { COUNT, KILL, HALF, FAIL_ONCE, FAIL_FOR_GOOD };

/* The layout that injector.ts writes and reads. */
struct page {
  uint32_t calls, at, mode, error, fired, processes;
  struct { uint32_t pid; uint32_t padding; uint64_t started; } process[PROCESSES];
};

static struct page *page;
static int trace = -1;

#define REAL(name) ({ static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name); real; })

/* When a process began, in ticks since the machine did: with it a process id that is used again is no other process. */
static uint64_t started(uint32_t pid) {
  char name[64], text[1024];
  snprintf(name, sizeof name, "/proc/%u/stat", pid);
  int fd = syscall(SYS_openat, AT_FDCWD, name, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  ssize_t size = syscall(SYS_read, fd, text, sizeof text - 1);
  syscall(SYS_close, fd);
  text[size < 0 ? 0 : size] = 0;
  char *at = strrchr(text, ')');
  for (int field = 2; at && field < 22; field++) at = strchr(at + 1, ' ');
  return at ? strtoull(at + 1, NULL, 10) : 0;
}

__attribute__((constructor)) static void enter(void) {
  const char *name = getenv(PAGE), *told = getenv(TRACE);
  if (!name) return;
  int fd = syscall(SYS_openat, AT_FDCWD, name, O_RDWR | O_CLOEXEC);
  if (fd < 0) return;
  page = mmap(NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  syscall(SYS_close, fd);
  if (page == MAP_FAILED) page = NULL;
  if (!page) return;
  if (told && *told) trace = syscall(SYS_openat, AT_FDCWD, told, O_WRONLY | O_APPEND | O_CLOEXEC);
  uint32_t mine = __atomic_fetch_add(&page->processes, 1, __ATOMIC_SEQ_CST);
  if (mine >= PROCESSES) return;
  page->process[mine].started = started(getpid());
  page->process[mine].pid = getpid();
}

/* The whole tree, itself last. */
static void die(void) {
  uint32_t self = getpid();
  for (uint32_t at = 0; at < page->processes && at < PROCESSES; at++) {
    uint32_t pid = page->process[at].pid;
    if (pid && pid != self && started(pid) == page->process[at].started) kill(pid, SIGKILL);
  }
  kill(self, SIGKILL);
  for (;;) pause();
}

static int over(void) {
  return page && page->fired && (page->mode == KILL || page->mode == HALF);
}

static void note(const char *call, int dir, const char *one, const char *two, int64_t offset, const void *bytes, size_t size) {
  if (trace < 0) return;
  char head[3 * PATH_MAX], base[PATH_MAX] = "", link[64];
  /* A descriptor is told by the name it has now; a relative name by the folder it is relative to. */
  if (!one || *one != '/') {
    snprintf(link, sizeof link, dir == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", dir);
    ssize_t got = syscall(SYS_readlinkat, AT_FDCWD, link, base, sizeof base - 1);
    base[got < 0 ? 0 : got] = 0;
  }
  int length = snprintf(head, sizeof head, "%s\t%s%s%s\t%s\t%lld\t%zu\n", call, base, one && *base ? "/" : "", one ? one : "", two ? two : "", (long long)offset, size);
  struct iovec parts[] = { { head, length }, { (void *)bytes, size } };
  syscall(SYS_writev, trace, parts, size ? 2 : 1);
}

enum turn { GO, STOP, BREAK };

/* Counts a call and decides what becomes of it. STOP: it fails with errno. BREAK: it is done by half, and then all is over. */
static enum turn turn(const char *call, int dir, const char *one, const char *two, int64_t offset, const void *bytes, size_t size) {
  if (!page) return GO;
  if (over()) die();
  uint32_t mine = __atomic_add_fetch(&page->calls, 1, __ATOMIC_SEQ_CST);
  note(call, dir, one, two, offset, bytes, size);
  if (!page->at || mine < page->at || (mine > page->at && page->mode != FAIL_FOR_GOOD)) return GO;
  page->fired = mine;
  if (page->mode == KILL) die();
  if (page->mode == HALF) return BREAK;
  errno = page->error;
  return STOP;
}

/* What is no write cannot be done by half: it is done, and then all is over. */
#define WHOLE(call, dir, one, two, failed, act) do { \
    enum turn now = turn(call, dir, one, two, 0, NULL, 0); \
    if (now == STOP) return failed; \
    __typeof__(act) answer = (act); \
    if (now == BREAK) die(); \
    return answer; \
  } while (0)

static int is_file(int fd) {
  struct stat64 stat;
  return page && syscall(SYS_newfstatat, fd, "", &stat, AT_EMPTY_PATH) == 0 && S_ISREG(stat.st_mode);
}

static int changes(const char *path, int flags) {
  return page && (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) && (strncmp(path, "/dev/", 5) || !strncmp(path, "/dev/shm/", 9)) && strncmp(path, "/proc/", 6);
}

#define OPEN(name, dirfd, parameters, act) \
  int name parameters { \
    mode_t mode = 0; \
    if (flags & (O_CREAT | __O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); } \
    if (!changes(path, flags)) return act; \
    WHOLE(flags & O_TRUNC ? "open-empty" : flags & O_CREAT ? "create" : "open", dirfd, path, NULL, -1, act); \
  }

OPEN(open, AT_FDCWD, (const char *path, int flags, ...), REAL(open)(path, flags, mode))
OPEN(open64, AT_FDCWD, (const char *path, int flags, ...), REAL(open64)(path, flags, mode))
OPEN(openat, dir, (int dir, const char *path, int flags, ...), REAL(openat)(dir, path, flags, mode))
OPEN(openat64, dir, (int dir, const char *path, int flags, ...), REAL(openat64)(dir, path, flags, mode))

int __open_2(const char *path, int flags) { return open(path, flags); }
int __open64_2(const char *path, int flags) { return open64(path, flags); }

int creat(const char *path, mode_t mode) { return open(path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return open64(path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

#define FOPEN(name) \
  FILE *name(const char *path, const char *how) { \
    if (!changes(path, *how == 'r' && !strchr(how, '+') ? 0 : O_WRONLY)) return REAL(name)(path, how); \
    WHOLE(*how == 'w' ? "open-empty" : "open", AT_FDCWD, path, NULL, NULL, REAL(name)(path, how)); \
  }
FOPEN(fopen)
FOPEN(fopen64)

#define MKSTEMP(name, parameters, act) int name parameters { WHOLE("create", AT_FDCWD, template, NULL, -1, act); }
MKSTEMP(mkstemp, (char *template), REAL(mkstemp)(template))
MKSTEMP(mkstemp64, (char *template), REAL(mkstemp64)(template))
char *mkdtemp(char *template) { WHOLE("mkdir", AT_FDCWD, template, NULL, NULL, REAL(mkdtemp)(template)); }

#define WRITE(name, at, parameters, size, act, half) \
  ssize_t name parameters { \
    if (!is_file(fd)) return act; \
    enum turn now = turn("write", fd, NULL, NULL, at, bytes, size); \
    if (now == STOP) return -1; \
    if (now == BREAK) { (void)!(half); die(); } \
    return act; \
  }

WRITE(write, -1, (int fd, const void *bytes, size_t size), size, REAL(write)(fd, bytes, size), REAL(write)(fd, bytes, size / 2))
WRITE(pwrite, offset, (int fd, const void *bytes, size_t size, off_t offset), size, REAL(pwrite)(fd, bytes, size, offset), REAL(pwrite)(fd, bytes, size / 2, offset))
WRITE(pwrite64, offset, (int fd, const void *bytes, size_t size, off64_t offset), size, REAL(pwrite64)(fd, bytes, size, offset), REAL(pwrite64)(fd, bytes, size / 2, offset))

#define WRITEV(name, at, parameters, act) \
  ssize_t name parameters { \
    if (!is_file(fd) || count < 1) return act; \
    enum turn now = turn("write", fd, NULL, NULL, at, parts[0].iov_base, parts[0].iov_len); \
    if (now == STOP) return -1; \
    if (now == BREAK) { (void)!REAL(write)(fd, parts[0].iov_base, parts[0].iov_len / 2); die(); } \
    return act; \
  }

WRITEV(writev, -1, (int fd, const struct iovec *parts, int count), REAL(writev)(fd, parts, count))
WRITEV(pwritev, offset, (int fd, const struct iovec *parts, int count, off_t offset), REAL(pwritev)(fd, parts, count, offset))
WRITEV(pwritev64, offset, (int fd, const struct iovec *parts, int count, off64_t offset), REAL(pwritev64)(fd, parts, count, offset))

int rename(const char *from, const char *to) { WHOLE("rename", AT_FDCWD, from, to, -1, REAL(rename)(from, to)); }
int renameat(int dir, const char *from, int other, const char *to) { WHOLE("rename", dir, from, to, -1, REAL(renameat)(dir, from, other, to)); }
int renameat2(int dir, const char *from, int other, const char *to, unsigned flags) { WHOLE("rename", dir, from, to, -1, REAL(renameat2)(dir, from, other, to, flags)); }
int link(const char *from, const char *to) { WHOLE("link", AT_FDCWD, from, to, -1, REAL(link)(from, to)); }
int linkat(int dir, const char *from, int other, const char *to, int flags) { WHOLE("link", dir, from, to, -1, REAL(linkat)(dir, from, other, to, flags)); }
int symlink(const char *target, const char *path) { WHOLE("symlink", AT_FDCWD, path, target, -1, REAL(symlink)(target, path)); }
int symlinkat(const char *target, int dir, const char *path) { WHOLE("symlink", dir, path, target, -1, REAL(symlinkat)(target, dir, path)); }
int unlink(const char *path) { WHOLE("unlink", AT_FDCWD, path, NULL, -1, REAL(unlink)(path)); }
int unlinkat(int dir, const char *path, int flags) { WHOLE(flags & AT_REMOVEDIR ? "rmdir" : "unlink", dir, path, NULL, -1, REAL(unlinkat)(dir, path, flags)); }
int remove(const char *path) { WHOLE("unlink", AT_FDCWD, path, NULL, -1, REAL(remove)(path)); }
int rmdir(const char *path) { WHOLE("rmdir", AT_FDCWD, path, NULL, -1, REAL(rmdir)(path)); }
int mkdir(const char *path, mode_t mode) { WHOLE("mkdir", AT_FDCWD, path, NULL, -1, REAL(mkdir)(path, mode)); }
int mkdirat(int dir, const char *path, mode_t mode) { WHOLE("mkdir", dir, path, NULL, -1, REAL(mkdirat)(dir, path, mode)); }
int chmod(const char *path, mode_t mode) { WHOLE("chmod", AT_FDCWD, path, NULL, -1, REAL(chmod)(path, mode)); }
int fchmod(int fd, mode_t mode) { WHOLE("chmod", fd, NULL, NULL, -1, REAL(fchmod)(fd, mode)); }
int fchmodat(int dir, const char *path, mode_t mode, int flags) { WHOLE("chmod", dir, path, NULL, -1, REAL(fchmodat)(dir, path, mode, flags)); }
int truncate(const char *path, off_t size) { WHOLE("truncate", AT_FDCWD, path, NULL, -1, REAL(truncate)(path, size)); }
int truncate64(const char *path, off64_t size) { WHOLE("truncate", AT_FDCWD, path, NULL, -1, REAL(truncate64)(path, size)); }
int ftruncate(int fd, off_t size) { WHOLE("truncate", fd, NULL, NULL, -1, REAL(ftruncate)(fd, size)); }
int ftruncate64(int fd, off64_t size) { WHOLE("truncate", fd, NULL, NULL, -1, REAL(ftruncate64)(fd, size)); }
int fsync(int fd) { WHOLE("flush", fd, NULL, NULL, -1, REAL(fsync)(fd)); }
int fdatasync(int fd) { WHOLE("flush", fd, NULL, NULL, -1, REAL(fdatasync)(fd)); }
ssize_t copy_file_range(int from, off64_t *at, int to, off64_t *there, size_t size, unsigned flags) {
  WHOLE("copy", to, NULL, NULL, -1, REAL(copy_file_range)(from, at, to, there, size, flags));
}

/* A program that builds its children's environment from nothing would lose us: so we go with every one of them. */
#define WITH_US(env, name) \
  int size = 0; \
  while ((env)[size]) size++; \
  char *name[size + 4], own[PATH_MAX + 32], shared[PATH_MAX + 32], traced[PATH_MAX + 32]; \
  int kept = 0; \
  for (int at = 0; at < size; at++) if (strncmp((env)[at], "LD_PRELOAD=", 11) && strncmp((env)[at], "CXW_FAULT_", 10)) name[kept++] = (env)[at]; \
  if (page) { \
    snprintf(own, sizeof own, "LD_PRELOAD=%s", ours_library); name[kept++] = own; \
    snprintf(shared, sizeof shared, PAGE "=%s", ours_page); name[kept++] = shared; \
    snprintf(traced, sizeof traced, TRACE "=%s", ours_trace); name[kept++] = traced; \
  } \
  name[kept] = NULL; \
  if (over()) die()

static char ours_library[PATH_MAX], ours_page[PATH_MAX], ours_trace[PATH_MAX];

__attribute__((constructor)) static void remember(void) {
  const char *library = getenv("LD_PRELOAD"), *name = getenv(PAGE), *told = getenv(TRACE);
  snprintf(ours_library, sizeof ours_library, "%s", library ? library : "");
  snprintf(ours_page, sizeof ours_page, "%s", name ? name : "");
  snprintf(ours_trace, sizeof ours_trace, "%s", told ? told : "");
}

extern char **environ;
int execve(const char *path, char *const argv[], char *const env[]) { WITH_US(env, all); return REAL(execve)(path, argv, all); }
int execvpe(const char *file, char *const argv[], char *const env[]) { WITH_US(env, all); return REAL(execvpe)(file, argv, all); }
int execv(const char *path, char *const argv[]) { return execve(path, argv, environ); }
int execvp(const char *file, char *const argv[]) { return execvpe(file, argv, environ); }
int posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes, char *const argv[], char *const env[]) {
  WITH_US(env, all);
  return REAL(posix_spawn)(pid, path, actions, attributes, argv, all);
}
int posix_spawnp(pid_t *pid, const char *file, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes, char *const argv[], char *const env[]) {
  WITH_US(env, all);
  return REAL(posix_spawnp)(pid, file, actions, attributes, argv, all);
}
