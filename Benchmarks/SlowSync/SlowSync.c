// Loaded before other code, this makes each sync of the disk last longer, by as many microseconds as
// SYNC_DELAY says. So programs can be compared as they would be on a slower disk.
#define _GNU_SOURCE

#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static int slowly(const char *name, int descriptor) {
  int (*sync)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
  int status = sync(descriptor);
  const char *delay = getenv("SYNC_DELAY");
  long microseconds = delay ? atol(delay) : 0;
  struct timespec time = {microseconds / 1000000, microseconds % 1000000 * 1000};
  nanosleep(&time, NULL);
  return status;
}

int fsync(int descriptor) { return slowly("fsync", descriptor); }

int fdatasync(int descriptor) { return slowly("fdatasync", descriptor); }
