package felix.policysync;

import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The method as a client knows it: its answers are bytes that are to be read. */
final class Raw implements MethodDescriptor.Marshaller<byte[]> {
  static final MethodDescriptor<byte[], byte[]> SYNC =
      MethodDescriptor.<byte[], byte[]>newBuilder()
          .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
          .setFullMethodName("felix.PolicySync/Sync")
          .setRequestMarshaller(new Raw())
          .setResponseMarshaller(new Raw())
          .build();

  @Override
  public InputStream stream(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public byte[] parse(InputStream stream) {
    try {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
