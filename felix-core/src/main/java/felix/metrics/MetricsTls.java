package felix.metrics;

import felix.datastore.tls.TlsException;
import felix.datastore.tls.TlsFile;
import felix.datastore.tls.TlsFiles;
import felix.datastore.tls.TlsMaterial;
import felix.datastore.tls.TlsSource;
import felix.http.SmallServer;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS under the metrics. The files are read for each connection, so that new ones count at once; a
 * set that does not fit, as while somebody replaces it, refuses the connection. Used by the threads
 * of the server.
 */
public final class MetricsTls implements SmallServer.Layer {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsTls.class);
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final char[] NO_PASSWORD = {};

  private final Files files;

  /** What was last wrong with the files, which is said once. */
  private volatile String complaint = "";

  /** {@code PrometheusMetricsClientAuth}, by the names that Go has for it. */
  public enum ClientAuth {
    REQUIRE_AND_VERIFY("RequireAndVerifyClientCert"),
    REQUIRE_ANY("RequireAnyClientCert"),
    VERIFY_IF_GIVEN("VerifyClientCertIfGiven"),
    NONE("NoClientCert");

    private final String name;

    ClientAuth(String name) {
      this.name = name;
    }

    /** By a name in any case. */
    public static ClientAuth ofName(String name) {
      for (ClientAuth auth : values()) {
        if (auth.name.equalsIgnoreCase(name)) {
          return auth;
        }
      }
      throw new IllegalArgumentException(name);
    }
  }

  /**
   * Where keys and certificates are.
   *
   * @param authorities who may have signed clients' certificates; empty for those of the JVM
   */
  public record Files(
      TlsFile certificate, TlsFile key, Optional<TlsFile> authorities, ClientAuth clients) {
    private TlsMaterial read() throws TlsException {
      // Where nobody is named the server's own takes the place; it is not asked then.
      var trusted = authorities.orElse(certificate);
      var identity = new TlsFiles.Identity(certificate, key);
      return new TlsSource(new TlsFiles(trusted, Optional.of(identity))).read();
    }
  }

  public MetricsTls(Files files) {
    this.files = files;
  }

  @Override
  public Socket over(Socket accepted) throws IOException {
    var secured =
        (SSLSocket)
            context()
                .getSocketFactory()
                .createSocket(
                    accepted, accepted.getInetAddress().getHostAddress(), accepted.getPort(), true);
    secured.setUseClientMode(false);
    secured.setEnabledProtocols(PROTOCOLS);
    switch (files.clients()) {
      case REQUIRE_AND_VERIFY, REQUIRE_ANY -> secured.setNeedClientAuth(true);
      case VERIFY_IF_GIVEN -> secured.setWantClientAuth(true);
      case NONE -> secured.setNeedClientAuth(false);
    }
    secured.startHandshake();
    return secured;
  }

  private SSLContext context() throws IOException {
    try {
      TlsMaterial material = files.read();
      var context = SSLContext.getInstance("TLS");
      context.init(keys(material), trust(material), null);
      complaint = "";
      return context;
    } catch (TlsException | GeneralSecurityException e) {
      String problem = String.valueOf(e.getMessage());
      if (!problem.equals(complaint)) {
        complaint = problem;
        LOG.warn("Metrics cannot be served: {}", problem);
      }
      throw new IOException(problem, e);
    }
  }

  private static KeyManager[] keys(TlsMaterial material)
      throws GeneralSecurityException, IOException {
    var own = material.identity().orElseThrow();
    KeyStore store = emptyStore();
    store.setKeyEntry("own", own.key(), NO_PASSWORD, own.chain().toArray(X509Certificate[]::new));
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private TrustManager[] trust(TlsMaterial material) throws GeneralSecurityException, IOException {
    if (files.clients() == ClientAuth.REQUIRE_ANY) {
      return new TrustManager[] {new AnyClient()};
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(files.authorities().isPresent() ? store(material.authorities()) : null);
    return factory.getTrustManagers();
  }

  private static KeyStore store(List<X509Certificate> certificates)
      throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    for (int i = 0; i < certificates.size(); i++) {
      store.setCertificateEntry("authority " + i, certificates.get(i));
    }
    return store;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /** Any certificate will do, as the setting says; that it is the client's is still proved. */
  private static final class AnyClient implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
      throw new IllegalStateException("this is a server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
