package felix.datastore.tls;

import java.util.Arrays;

/** What the files hold, to see whether it is still the same. */
final class TlsContents {
  private static final byte[] NONE = {};

  private final byte[] authorities;
  private final byte[] certificate;
  private final byte[] key;

  private TlsContents(byte[] authorities, byte[] certificate, byte[] key) {
    this.authorities = authorities;
    this.certificate = certificate;
    this.key = key;
  }

  static TlsContents read(TlsFiles files) throws TlsException {
    byte[] certificate = NONE;
    byte[] key = NONE;
    if (files.identity().isPresent()) {
      certificate = files.identity().get().certificate().read();
      key = files.identity().get().key().read();
    }
    return new TlsContents(files.authorities().read(), certificate, key);
  }

  byte[] authorities() {
    return authorities;
  }

  byte[] certificate() {
    return certificate;
  }

  byte[] key() {
    return key;
  }

  boolean isSameAs(TlsContents other) {
    return Arrays.equals(authorities, other.authorities)
        && Arrays.equals(certificate, other.certificate)
        && Arrays.equals(key, other.key);
  }
}
