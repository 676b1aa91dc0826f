package felix.datastore.tls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** A part of a PEM file (RFC 7468). What stands between the parts is commentary. */
final class PemBlock {
  private static final Pattern BLOCK =
      Pattern.compile("(?s)-----BEGIN ([A-Z0-9 ]{1,64})-----(.*?)-----END \\1-----");

  private final String label;
  private final byte[] der;

  private PemBlock(String label, byte[] der) {
    this.label = label;
    this.der = der;
  }

  /** Such as CERTIFICATE. */
  String label() {
    return label;
  }

  byte[] der() {
    return der;
  }

  /**
   * All there are, in their order.
   *
   * @throws TlsException if one of them is cut off or is no base64
   */
  static List<PemBlock> in(byte[] content, TlsFile file) throws TlsException {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    var blocks = new ArrayList<PemBlock>();
    var found = BLOCK.matcher(text);
    while (found.find()) {
      blocks.add(block(found.group(1), found.group(2), file));
    }
    if (text.split("-----BEGIN ", -1).length - 1 != blocks.size()) {
      throw file.problem("is cut off or damaged");
    }
    return blocks;
  }

  private static PemBlock block(String label, String body, TlsFile file) throws TlsException {
    if (body.contains("ENCRYPTED")) {
      throw file.problem("is encrypted; a key without a passphrase is needed");
    }
    try {
      return new PemBlock(label, Base64.getDecoder().decode(body.replaceAll("\\s", "")));
    } catch (IllegalArgumentException e) {
      throw file.problem("is damaged: a " + label + " is no base64");
    }
  }
}
