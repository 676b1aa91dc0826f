package felix.datastore;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import felix.datastore.tls.TlsMaterial;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.ResponseHeader;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NegotiationType;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.netty.channel.ChannelOption;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Etcd through gRPC, with jetcd's messages and without its client. A call that finds no connection
 * fails at once. What comes in is only put down for those who wait for it, on Netty's own thread:
 * there is no pool between.
 */
final class GrpcConnection implements EtcdConnection {
  private static final int MAX_MESSAGE_BYTES = 64 << 20;

  /** A little more than a silent watch waits until it asks etcd, whose answer is as good. */
  private static final Duration KEEPALIVE = Duration.ofSeconds(12);

  private static final Duration KEEPALIVE_ANSWER = Duration.ofSeconds(5);
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Slow links need long for a page of large values; a dead one is found out by keepalive. */
  private static final int PAGE_LIMIT_FACTOR = 12;

  private final ManagedChannel channel;
  private final Duration callLimit;
  private final @Nullable EtcdToken token;

  /**
   * A connection; whether it comes about shows with the first call.
   *
   * @param members all http or all https
   * @param tls for https; null otherwise
   * @param login null where etcd is not told who asks
   */
  GrpcConnection(
      List<URI> members, @Nullable TlsMaterial tls, @Nullable EtcdLogin login, Duration callLimit) {
    this(
        members, tls, login == null ? null : new EtcdToken(login, callLimit.toMillis()), callLimit);
  }

  private GrpcConnection(
      List<URI> members, @Nullable TlsMaterial tls, @Nullable EtcdToken token, Duration callLimit) {
    this(channel(members, tls, token), token, callLimit);
  }

  private GrpcConnection(ManagedChannel channel, @Nullable EtcdToken token, Duration callLimit) {
    this.channel = channel;
    this.token = token;
    this.callLimit = callLimit;
  }

  private static ManagedChannel channel(
      List<URI> members, @Nullable TlsMaterial tls, @Nullable EtcdToken token) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forTarget(MemberResolverProvider.target(members))
            .defaultLoadBalancingPolicy("round_robin")
            .directExecutor()
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .keepAliveTime(KEEPALIVE.toMillis(), TimeUnit.MILLISECONDS)
            .keepAliveTimeout(KEEPALIVE_ANSWER.toMillis(), TimeUnit.MILLISECONDS)
            .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT.toMillis());
    if (tls == null) {
      builder.negotiationType(NegotiationType.PLAINTEXT);
    } else {
      builder.negotiationType(NegotiationType.TLS).sslContext(Tls.context(tls));
    }
    if (token != null) {
      builder.intercept(token);
    }
    return builder.build();
  }

  @Override
  public EtcdConnection within(Duration limit) {
    return new GrpcConnection(channel, token, limit);
  }

  @Override
  public EtcdHead head() throws InterruptedException {
    var question = RangeRequest.newBuilder().setKey(bytes(KeyPath.ROOT)).setCountOnly(true);
    return head(range(question, "reading " + KeyPath.ROOT, callLimit).getHeader());
  }

  @Override
  public EtcdLookup get(String key, long revision) throws InterruptedException {
    var question = RangeRequest.newBuilder().setKey(bytes(key)).setRevision(revision);
    RangeResponse found = range(question, "reading " + key, callLimit);
    return new EtcdLookup(
        head(found.getHeader()),
        found.getKvsList().stream().findFirst().map(GrpcConnection::entry));
  }

  @Override
  public EtcdPage page(String root, String after, int limit, long revision)
      throws InterruptedException {
    var question =
        RangeRequest.newBuilder()
            .setKey(bytes(after.isEmpty() ? root : after + '\0'))
            .setRangeEnd(end(root))
            .setLimit(limit)
            .setRevision(revision);
    RangeResponse found =
        range(question, "reading " + root, callLimit.multipliedBy(PAGE_LIMIT_FACTOR));
    return new EtcdPage(
        head(found.getHeader()),
        found.getKvsList().stream().map(GrpcConnection::entry).toList(),
        found.getMore());
  }

  @Override
  public WatchStream watch(long fromRevision) {
    return new GrpcWatchStream(channel, fromRevision);
  }

  @Override
  public void put(String key, String value, long lease) throws InterruptedException {
    var order =
        PutRequest.newBuilder().setKey(bytes(key)).setValue(bytes(value)).setLease(lease).build();
    answer(KVGrpc.getPutMethod(), order, "writing " + key, callLimit);
  }

  @Override
  public void delete(String key) throws InterruptedException {
    var order = DeleteRangeRequest.newBuilder().setKey(bytes(key)).build();
    answer(KVGrpc.getDeleteRangeMethod(), order, "deleting " + key, callLimit);
  }

  @Override
  public long grant(Duration time) throws InterruptedException {
    var wish = LeaseGrantRequest.newBuilder().setTTL(Math.max(1, time.toSeconds())).build();
    return answer(LeaseGrpc.getLeaseGrantMethod(), wish, "a lease", callLimit).getID();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  static EtcdHead head(ResponseHeader header) {
    return new EtcdHead(header.getClusterId(), header.getRevision());
  }

  /** Bytes of a key that are no UTF-8 come out as another key, which is none of a resource's. */
  static String text(ByteString bytes) {
    return bytes.toStringUtf8();
  }

  static ByteString bytes(String text) {
    return ByteString.copyFromUtf8(text);
  }

  /** Of all keys that begin with a root, which ends with a character of ASCII. */
  static ByteString end(String root) {
    int last = root.length() - 1;
    return bytes(root.substring(0, last) + (char) (root.charAt(last) + 1));
  }

  private static EtcdEntry entry(KeyValue found) {
    return new EtcdEntry(text(found.getKey()), found.getValue(), found.getModRevision());
  }

  private RangeResponse range(RangeRequest.Builder question, String about, Duration limit)
      throws InterruptedException {
    return answer(KVGrpc.getRangeMethod(), question.build(), about, limit);
  }

  /** Etcd may have forgotten the token, or may have begun to ask for one: once more then. */
  private <Q, A> A answer(MethodDescriptor<Q, A> method, Q question, String about, Duration limit)
      throws InterruptedException {
    try {
      return answerToOne(method, question, about, limit);
    } catch (EtcdFailure failure) {
      if (token == null || !failure.isOfToken()) {
        throw failure;
      }
      token.forget();
      return answerToOne(method, question, about, limit);
    }
  }

  private <Q, A> A answerToOne(
      MethodDescriptor<Q, A> method, Q question, String about, Duration limit)
      throws InterruptedException {
    ListenableFuture<A> call =
        ClientCalls.futureUnaryCall(channel.newCall(method, CallOptions.DEFAULT), question);
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
