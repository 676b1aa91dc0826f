package felix.bench.scale;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.PutOption;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Writes into an etcd, many keys a transaction. */
final class Etcd implements AutoCloseable {
  private static final int KEYS_A_TRANSACTION = 500;

  private final Client client;

  Etcd(URI address) {
    client = Client.builder().endpoints(address).build();
  }

  /** Writes all, and returns how many there were. */
  int write(Stream<Entry> entries) {
    int written = 0;
    var batch = new ArrayList<Op>();
    for (Iterator<Entry> each = entries.iterator(); each.hasNext(); ) {
      Entry entry = each.next();
      batch.add(Op.put(bytes(entry.key()), bytes(entry.value()), PutOption.DEFAULT));
      if (batch.size() == KEYS_A_TRANSACTION || !each.hasNext()) {
        commit(batch);
        written += batch.size();
        batch.clear();
      }
    }
    return written;
  }

  /** Begins to write one. */
  CompletableFuture<?> begin(Entry entry) {
    return client.getKVClient().put(bytes(entry.key()), bytes(entry.value()));
  }

  void delete(List<String> keys) {
    commit(keys.stream().<Op>map(key -> Op.delete(bytes(key), DeleteOption.DEFAULT)).toList());
  }

  @Override
  public void close() {
    client.close();
  }

  private void commit(List<Op> operations) {
    client.getKVClient().txn().Then(operations.toArray(Op[]::new)).commit().join();
  }

  private static ByteSequence bytes(String text) {
    return ByteSequence.from(text, UTF_8);
  }
}
