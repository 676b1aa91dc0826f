package felix.datastore;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.AuthGrpc;
import io.etcd.jetcd.api.AuthenticateRequest;
import io.etcd.jetcd.api.AuthenticateResponse;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gets a token from etcd for user and password, and shows it with each call.
 *
 * <p>Not jetcd's, for which an etcd that asks nobody is an error, and that keeps an old token with
 * its retries off. Used by gRPC's threads.
 */
final class EtcdToken implements ClientInterceptor {
  private static final Metadata.Key<String> TOKEN =
      Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER);

  private static final String NOT_ENABLED = "authentication is not enabled";

  private final EtcdLogin login;
  private final long limitMillis;

  /** What to show; empty where etcd asks nobody; null if not known. */
  private volatile @Nullable Metadata shown;

  EtcdToken(EtcdLogin login, long limitMillis) {
    this.login = login;
    this.limitMillis = limitMillis;
  }

  /** The next call gets another. */
  void forget() {
    shown = null;
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    return next.newCall(method, options.withCallCredentials(new Credentials(next)));
  }

  /** Of one call. */
  private final class Credentials extends CallCredentials {
    private final Channel channel;

    Credentials(Channel channel) {
      this.channel = channel;
    }

    @Override
    public void applyRequestMetadata(RequestInfo info, Executor executor, MetadataApplier applier) {
      Metadata known = shown;
      if (known != null) {
        applier.apply(known);
      } else {
        Futures.addCallback(
            AuthGrpc.newFutureStub(channel)
                .withDeadlineAfter(limitMillis, TimeUnit.MILLISECONDS)
                .authenticate(request()),
            answer(applier),
            executor);
      }
    }
  }

  private AuthenticateRequest request() {
    return AuthenticateRequest.newBuilder()
        .setNameBytes(ByteString.copyFromUtf8(login.user()))
        .setPasswordBytes(ByteString.copyFromUtf8(login.password().value()))
        .build();
  }

  private FutureCallback<AuthenticateResponse> answer(CallCredentials.MetadataApplier applier) {
    return new FutureCallback<>() {
      @Override
      public void onSuccess(@Nullable AuthenticateResponse answer) {
        var token = new Metadata();
        token.put(TOKEN, Objects.requireNonNull(answer).getToken());
        show(token);
      }

      @Override
      public void onFailure(Throwable thrown) {
        Status status = Status.fromThrowable(thrown);
        String why = String.valueOf(status.getDescription());
        if (why.contains(NOT_ENABLED)) {
          show(new Metadata());
        } else if (status.getCode() == Status.Code.UNAVAILABLE) {
          applier.fail(status);
        } else {
          // Of credentials gRPC takes few other codes for true.
          applier.fail(
              Status.UNAUTHENTICATED.withDescription(why + " (user " + login.user() + ")"));
        }
      }

      private void show(Metadata metadata) {
        shown = metadata;
        applier.apply(metadata);
      }
    };
  }
}
