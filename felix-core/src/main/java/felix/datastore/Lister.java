package felix.datastore;

import felix.model.ResourceUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads all resources at one revision, in pages. A page is decoded on another thread while the next
 * one is on its way.
 */
final class Lister {
  private static final int KEYS_A_PAGE = 1_000;
  private static final int SHRINK = 8;

  private final ResourceDecoder decoder;
  private final Runnable onPage;

  /** Smaller once a page was larger than a message may be. */
  private int pageSize = KEYS_A_PAGE;

  /**
   * A lister.
   *
   * @param onPage called after each page: a sign of life
   */
  Lister(ResourceDecoder decoder, Runnable onPage) {
    this.decoder = decoder;
    this.onPage = onPage;
  }

  Listing list(EtcdConnection etcd) throws InterruptedException {
    EtcdHead head = etcd.head();
    var parts = new ArrayList<CompletableFuture<List<Decoded>>>();
    EtcdEntry newest = null;
    int keys = 0;
    for (String root : KeyPath.ROOTS) {
      EtcdPage page = page(etcd, root, "", head.revision());
      while (!page.entries().isEmpty()) {
        List<EtcdEntry> entries = page.entries();
        parts.add(CompletableFuture.supplyAsync(() -> decode(entries)));
        newest = newest(newest, entries);
        keys += entries.size();
        if (!page.more()) {
          break;
        }
        page = page(etcd, root, entries.getLast().key(), head.revision());
      }
    }
    var position = new Position(head.clusterId(), head.revision() + 1, keys, newest);
    return listing(position, parts.stream().flatMap(part -> part.join().stream()).toList());
  }

  private EtcdPage page(EtcdConnection etcd, String root, String after, long revision)
      throws InterruptedException {
    while (true) {
      try {
        EtcdPage page = etcd.page(root, after, pageSize, revision);
        onPage.run();
        return page;
      } catch (EtcdFailure e) {
        if (e.kind() != EtcdFailure.Kind.SIZE || pageSize == 1) {
          throw e;
        }
        pageSize = Math.max(1, pageSize / SHRINK);
      }
    }
  }

  private List<Decoded> decode(List<EtcdEntry> entries) {
    return entries.stream().map(this::decode).toList();
  }

  private Decoded decode(EtcdEntry entry) {
    return decoder.decode(entry.key(), Objects.requireNonNull(entry.value()).getBytes());
  }

  private static Listing listing(Position position, List<Decoded> all) {
    List<ResourceUpdate> resources =
        Stream.concat(
                ResourceDecoder.builtIn().stream(),
                all.stream().flatMap(decoded -> decoded.updates().stream()))
            .filter(update -> update.value() != null)
            .toList();
    List<Quarantined> problems = new ArrayList<>();
    all.forEach(decoded -> addIfPresent(problems, decoded.problem()));
    return new Listing(position, resources, problems);
  }

  private static void addIfPresent(List<Quarantined> problems, @Nullable Quarantined problem) {
    if (problem != null) {
      problems.add(problem);
    }
  }

  private static @Nullable EtcdEntry newest(@Nullable EtcdEntry newest, List<EtcdEntry> entries) {
    EtcdEntry best = newest;
    for (EtcdEntry entry : entries) {
      if (best == null || entry.modRevision() > best.modRevision()) {
        best = entry;
      }
    }
    return best;
  }
}
