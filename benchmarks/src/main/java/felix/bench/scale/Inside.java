package felix.bench.scale;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Work in a network namespace: sockets made there belong to it for good, whoever uses them. Each
 * piece has a thread of its own, since a thread does not come back.
 */
final class Inside {
  private Inside() {}

  static <T> T namespace(String name, Callable<T> work) throws IOException, InterruptedException {
    var task =
        new FutureTask<T>(
            () -> {
              enter("/run/netns/" + name);
              return work.call();
            });
    Thread.ofPlatform().name("inside-" + name).start(task);
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IOException("in namespace " + name + ": " + e.getCause(), e);
    }
  }

  private static void enter(String path) throws IOException {
    int file = Libc.INSTANCE.open(path, Libc.READ_ONLY);
    int entered = Libc.INSTANCE.setns(file, Libc.CLONE_NEWNET);
    Libc.INSTANCE.close(file);
    if (entered != 0) {
      throw new IOException("cannot enter " + path);
    }
  }
}
