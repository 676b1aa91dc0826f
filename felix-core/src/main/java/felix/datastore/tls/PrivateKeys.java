package felix.datastore.tls;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

/** Reads private keys as openssl, cfssl and DC/OS write them, and sees whom they belong to. */
final class PrivateKeys {
  private static final byte[] CHALLENGE = {1, 2, 3, 4, 5, 6, 7, 8};

  private PrivateKeys() {}

  /**
   * The key in a file.
   *
   * @param owner the public key that it must fit
   */
  static PrivateKey read(byte[] content, TlsFile file, PublicKey owner) throws TlsException {
    for (PemBlock block : PemBlock.in(content, file)) {
      if (block.label().endsWith("PRIVATE KEY")) {
        PrivateKey key = key(block, file, owner.getAlgorithm());
        if (!fits(key, owner)) {
          throw file.problem("does not fit the certificate");
        }
        return key;
      }
    }
    throw file.problem("holds no private key in PEM");
  }

  private static PrivateKey key(PemBlock block, TlsFile file, String algorithm)
      throws TlsException {
    try {
      var encoded = new PKCS8EncodedKeySpec(pkcs8(block, file));
      return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw file.problem("holds no readable private key of kind " + algorithm);
    }
  }

  private static byte[] pkcs8(PemBlock block, TlsFile file) throws TlsException {
    return switch (block.label()) {
      case "PRIVATE KEY" -> block.der();
      case "RSA PRIVATE KEY" -> Der.pkcs8OfRsa(block.der());
      case "EC PRIVATE KEY" -> Der.pkcs8OfEc(block.der());
      case "ENCRYPTED PRIVATE KEY" ->
          throw file.problem("is encrypted; a key without a passphrase is needed");
      default -> throw file.problem("holds a key of unknown kind: " + block.label());
    };
  }

  private static boolean fits(PrivateKey key, PublicKey owner) {
    String algorithm =
        switch (owner.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> owner.getAlgorithm();
        };
    try {
      var signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(CHALLENGE);
      byte[] signature = signing.sign();
      var verifying = Signature.getInstance(algorithm);
      verifying.initVerify(owner);
      verifying.update(CHALLENGE);
      return verifying.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
