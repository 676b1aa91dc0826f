package felix.datastore;

import felix.datastore.tls.TlsMaterial;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Response;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.OptionsUtil;
import io.etcd.jetcd.options.PutOption;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Etcd through jetcd. A call that finds no connection fails at once; jetcd's own retries are off,
 * since the watcher has its own.
 */
final class JetcdConnection implements EtcdConnection {
  private static final int MAX_MESSAGE_BYTES = 64 << 20;
  private static final Duration KEEPALIVE = Duration.ofSeconds(10);
  private static final Duration KEEPALIVE_ANSWER = Duration.ofSeconds(5);
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Slow links need long for a page of large values; a dead one is found out by keepalive. */
  private static final int PAGE_LIMIT_FACTOR = 12;

  private static final ByteSequence ROOT = bytes(KeyPath.ROOT);

  /** One watch from the first root's beginning to the last one's end: see docs/decisions.md. */
  static final ByteSequence WATCH_FROM = bytes(KeyPath.BLOCKS);

  static final ByteSequence WATCH_END = OptionsUtil.prefixEndOf(ROOT);

  private final Client client;
  private final KV kv;
  private final Duration callLimit;
  private final @Nullable EtcdToken token;

  /**
   * A connection; whether it comes about shows with the first call.
   *
   * @param members all http or all https
   * @param tls for https; null otherwise
   * @param login null where etcd is not told who asks
   */
  JetcdConnection(
      List<URI> members, @Nullable TlsMaterial tls, @Nullable EtcdLogin login, Duration callLimit) {
    this(
        members, tls, login == null ? null : new EtcdToken(login, callLimit.toMillis()), callLimit);
  }

  private JetcdConnection(
      List<URI> members, @Nullable TlsMaterial tls, @Nullable EtcdToken token, Duration callLimit) {
    this(client(members, tls, token), token, callLimit);
  }

  private JetcdConnection(Client client, @Nullable EtcdToken token, Duration callLimit) {
    this.client = client;
    this.kv = client.getKVClient();
    this.token = token;
    this.callLimit = callLimit;
  }

  private static Client client(
      List<URI> members, @Nullable TlsMaterial tls, @Nullable EtcdToken token) {
    ClientBuilder builder =
        Client.builder()
            .target(MemberResolverProvider.target(members))
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .keepaliveTime(KEEPALIVE)
            .keepaliveTimeout(KEEPALIVE_ANSWER)
            .connectTimeout(CONNECT)
            .waitForReady(false)
            .retryMaxAttempts(0);
    if (tls != null) {
      builder.sslContext(Tls.context(tls));
    }
    if (token != null) {
      builder.interceptors(List.of(token));
    }
    return builder.build();
  }

  @Override
  public EtcdConnection within(Duration limit) {
    return new JetcdConnection(client, token, limit);
  }

  @Override
  public EtcdHead head() throws InterruptedException {
    GetOption option = GetOption.builder().withCountOnly(true).build();
    return head(answer(() -> kv.get(ROOT, option), "reading " + KeyPath.ROOT, callLimit));
  }

  @Override
  public EtcdLookup get(String key, long revision) throws InterruptedException {
    GetOption option = GetOption.builder().withRevision(revision).build();
    GetResponse found = answer(() -> kv.get(bytes(key), option), "reading " + key, callLimit);
    return new EtcdLookup(
        head(found), found.getKvs().stream().findFirst().map(JetcdConnection::entry));
  }

  @Override
  public EtcdPage page(String root, String after, int limit, long revision)
      throws InterruptedException {
    ByteSequence end = OptionsUtil.prefixEndOf(bytes(root));
    GetOption option =
        GetOption.builder().withRange(end).withLimit(limit).withRevision(revision).build();
    ByteSequence from = bytes(after.isEmpty() ? root : after + '\0');
    GetResponse found =
        answer(
            () -> kv.get(from, option),
            "reading " + root,
            callLimit.multipliedBy(PAGE_LIMIT_FACTOR));
    return new EtcdPage(
        head(found), found.getKvs().stream().map(JetcdConnection::entry).toList(), found.isMore());
  }

  @Override
  public WatchStream watch(long fromRevision) {
    return new JetcdWatchStream(client.getWatchClient(), fromRevision);
  }

  @Override
  public void put(String key, String value, long lease) throws InterruptedException {
    PutOption option = PutOption.builder().withLeaseId(lease).build();
    answer(() -> kv.put(bytes(key), bytes(value), option), "writing " + key, callLimit);
  }

  @Override
  public void delete(String key) throws InterruptedException {
    answer(() -> kv.delete(bytes(key)), "deleting " + key, callLimit);
  }

  @Override
  public long grant(Duration time) throws InterruptedException {
    long seconds = Math.max(1, time.toSeconds());
    return answer(() -> client.getLeaseClient().grant(seconds), "a lease", callLimit).getID();
  }

  @Override
  public void close() {
    client.close();
  }

  static EtcdHead head(Response response) {
    return new EtcdHead(response.getHeader().getClusterId(), response.getHeader().getRevision());
  }

  /** Bytes of a key that are no UTF-8 come out as another key, which is none of a resource's. */
  static String text(ByteSequence bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static EtcdEntry entry(KeyValue found) {
    return new EtcdEntry(text(found.getKey()), found.getValue(), found.getModRevision());
  }

  private static ByteSequence bytes(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }

  /** Etcd may have forgotten the token, or may have begun to ask for one: once more then. */
  private <T> T answer(Supplier<CompletableFuture<T>> call, String about, Duration limit)
      throws InterruptedException {
    try {
      return answerOfOne(call.get(), about, limit);
    } catch (EtcdFailure failure) {
      if (token == null || !failure.isOfToken()) {
        throw failure;
      }
      token.forget();
      return answerOfOne(call.get(), about, limit);
    }
  }

  private static <T> T answerOfOne(CompletableFuture<T> call, String about, Duration limit)
      throws InterruptedException {
    try {
      return call.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw EtcdFailure.of(EtcdFailure.Kind.CALL, e).about(about);
    } catch (TimeoutException e) {
      call.cancel(true);
      throw new EtcdFailure(EtcdFailure.Kind.CALL, "no answer in " + limit.toSeconds() + " s", e);
    }
  }
}
