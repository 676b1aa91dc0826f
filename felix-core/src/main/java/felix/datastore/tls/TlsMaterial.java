package felix.datastore.tls;

import java.io.ByteArrayInputStream;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Keys and certificates that fit each other.
 *
 * @param authorities at least one
 */
public record TlsMaterial(List<X509Certificate> authorities, Optional<Identity> identity) {
  public TlsMaterial {
    authorities = List.copyOf(authorities);
  }

  /**
   * Who we are.
   *
   * @param chain our certificate first
   */
  public record Identity(PrivateKey key, List<X509Certificate> chain) {
    public Identity {
      chain = List.copyOf(chain);
    }

    @Override
    public String toString() {
      return chain.getFirst().getSubjectX500Principal().toString();
    }
  }

  static TlsMaterial of(TlsFiles files, TlsContents contents) throws TlsException {
    var authorities = certificates(contents.authorities(), files.authorities());
    if (files.identity().isEmpty()) {
      return new TlsMaterial(authorities, Optional.empty());
    }
    TlsFiles.Identity from = files.identity().get();
    var chain = certificates(contents.certificate(), from.certificate());
    var key = PrivateKeys.read(contents.key(), from.key(), chain.getFirst().getPublicKey());
    return new TlsMaterial(authorities, Optional.of(new Identity(key, chain)));
  }

  /**
   * When etcd stops to believe us; empty if it does not ask who we are. The first certificate of
   * the chain that expires breaks it.
   */
  public Optional<Instant> identityExpiry() {
    return identity.flatMap(
        own -> own.chain().stream().map(TlsMaterial::expiry).min(Comparator.naturalOrder()));
  }

  /**
   * When we stop to believe etcd: the next authority to expire. Those that already have are of no
   * use and do no harm beside others, as in a bundle while authorities change.
   */
  public Instant authorityExpiry(Instant now) {
    var expiries = authorities.stream().map(TlsMaterial::expiry).sorted().toList();
    return expiries.stream().filter(now::isBefore).findFirst().orElse(expiries.getLast());
  }

  private static Instant expiry(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant();
  }

  private static List<X509Certificate> certificates(byte[] content, TlsFile file)
      throws TlsException {
    var certificates = new ArrayList<X509Certificate>();
    try {
      var factory = CertificateFactory.getInstance("X.509");
      for (PemBlock block : PemBlock.in(content, file)) {
        if (block.label().equals("CERTIFICATE")) {
          var der = new ByteArrayInputStream(block.der());
          certificates.add((X509Certificate) factory.generateCertificate(der));
        }
      }
    } catch (CertificateException e) {
      throw new TlsException(file + " holds a damaged certificate", e);
    }
    if (certificates.isEmpty()) {
      throw file.problem("holds no certificate in PEM");
    }
    return certificates;
  }
}
