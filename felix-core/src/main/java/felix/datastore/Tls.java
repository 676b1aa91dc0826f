package felix.datastore;

import felix.datastore.tls.TlsMaterial;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * TLS for gRPC, by the JDK's own means. GRPC checks that the certificate is for the name or the
 * address that was to be connected to; here nothing takes that away.
 */
final class Tls {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private Tls() {}

  /**
   * A context.
   *
   * @throws EtcdFailure if the JDK can do nothing with such keys
   */
  static SslContext context(TlsMaterial material) {
    try {
      SslContextBuilder builder =
          GrpcSslContexts.configure(GrpcSslContexts.forClient(), SslProvider.JDK)
              .protocols(PROTOCOLS)
              .trustManager(array(material.authorities()));
      material.identity().ifPresent(own -> builder.keyManager(own.key(), array(own.chain())));
      return builder.build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new EtcdFailure(
          EtcdFailure.Kind.CALL, "TLS with these certificates: " + e.getMessage(), e);
    }
  }

  private static X509Certificate[] array(List<X509Certificate> certificates) {
    return certificates.toArray(X509Certificate[]::new);
  }
}
