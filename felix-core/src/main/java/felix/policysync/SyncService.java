package felix.policysync;

import felix.model.WorkloadEndpointKey;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Service {@code felix.PolicySync} of one workload: {@code rpc Sync(SyncRequest) returns (stream
 * ToDataplane)}. The request has no fields. Thread {@code policy-sync}.
 */
final class SyncService implements ServerCallHandler<byte[], byte[]> {
  private static final String SERVICE = "felix.PolicySync";

  static final MethodDescriptor<byte[], byte[]> SYNC =
      MethodDescriptor.<byte[], byte[]>newBuilder()
          .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
          .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, "Sync"))
          .setRequestMarshaller(new Unread())
          .setResponseMarshaller(new Unread())
          .build();

  private final WorkloadEndpointKey workload;
  private final Processor processor;
  private final SyncThread thread;

  private SyncService(WorkloadEndpointKey workload, Processor processor, SyncThread thread) {
    this.workload = workload;
    this.processor = processor;
    this.thread = thread;
  }

  static ServerServiceDefinition of(
      WorkloadEndpointKey workload, Processor processor, SyncThread thread) {
    return ServerServiceDefinition.builder(SERVICE)
        .addMethod(SYNC, new SyncService(workload, processor, thread))
        .build();
  }

  @Override
  public ServerCall.Listener<byte[]> startCall(ServerCall<byte[], byte[]> call, Metadata headers) {
    var client = new Client(workload, new Stream(call));
    call.sendHeaders(new Metadata());
    call.request(1);
    return new ServerCall.Listener<>() {
      @Override
      public void onHalfClose() {
        thread.now(() -> processor.join(client));
      }

      @Override
      public void onReady() {
        thread.now(() -> processor.ready(client));
      }

      @Override
      public void onCancel() {
        thread.now(() -> processor.leave(client));
      }

      @Override
      public void onComplete() {
        thread.now(() -> processor.leave(client));
      }
    };
  }

  private record Stream(ServerCall<byte[], byte[]> call) implements Outlet {
    @Override
    public boolean isReady() {
      return call.isReady();
    }

    @Override
    public void send(Message message) {
      call.sendMessage(MessageBytes.of(message));
    }

    @Override
    public void end() {
      call.close(Status.OK, new Metadata());
    }
  }

  /** What is sent is bytes already, and of what comes nothing matters. */
  private static final class Unread implements MethodDescriptor.Marshaller<byte[]> {
    private static final byte[] NOTHING = {};

    @Override
    public InputStream stream(byte[] bytes) {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public byte[] parse(@Nullable InputStream stream) {
      return NOTHING;
    }
  }
}
