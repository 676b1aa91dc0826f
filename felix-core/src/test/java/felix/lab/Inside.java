package felix.lab;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs work inside a network namespace: sockets made there belong to it for good. Each piece of
 * work gets a thread of its own, because entering a namespace is a property of the thread and must
 * not leak into others.
 */
final class Inside {
  private Inside() {}

  static <T> T namespace(String name, Callable<T> work) {
    var task =
        new FutureTask<T>(
            () -> {
              enter(name);
              return work.call();
            });
    Thread.ofPlatform().name("inside-" + name).start(task);
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new LabException("in namespace " + name + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted in namespace " + name, e);
    }
  }

  private static void enter(String name) {
    var path = "/run/netns/" + name;
    int fd = Libc.check("open " + path, Libc.INSTANCE.open(path, 0));
    try {
      Libc.check("setns " + name, Libc.INSTANCE.setns(fd, Libc.CLONE_NEWNET));
    } finally {
      Libc.INSTANCE.close(fd);
    }
  }
}
