package felix.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An authority that issues certificates by means of openssl. */
public final class Authority {
  private static final List<String> EC =
      List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");

  private final Path directory;
  private final Path certificate;
  private final Path key;
  private int issued;

  /**
   * A certificate and its key, in PEM.
   *
   * @param key PKCS #8
   */
  public record Issued(Path certificate, Path key) {}

  public Authority(Path directory, String name) throws IOException {
    this.directory = directory;
    this.certificate = directory.resolve(name + ".crt");
    this.key = directory.resolve(name + ".key");
    request(
        List.of(
            "-x509",
            "-days=3650",
            "-subj=/CN=" + name,
            "-addext=basicConstraints=critical,CA:TRUE",
            "-addext=keyUsage=critical,keyCertSign,cRLSign",
            "-keyout=" + key,
            "-out=" + certificate));
  }

  public Path certificate() {
    return certificate;
  }

  /**
   * For a server and for a client.
   *
   * @param name its CN; empty for none
   * @param names such as {@code DNS:localhost,IP:127.0.0.1}
   */
  public Issued issue(String name, String names) throws IOException {
    return issue(name, names, 365);
  }

  /**
   * Likewise.
   *
   * @param days how long it counts; -1 for one that expired yesterday
   */
  public Issued issue(String name, String names, int days) throws IOException {
    String file = certificate.getFileName() + "-" + issued++;
    Path itsKey = directory.resolve(file + ".key");
    Path itsCertificate = directory.resolve(file + ".crt");
    Path asked = directory.resolve(file + ".csr");
    Path extensions = directory.resolve(file + ".ext");
    Files.writeString(
        extensions, "subjectAltName=" + names + "\nextendedKeyUsage=serverAuth,clientAuth\n");
    request(List.of("-subj=" + subject(name), "-keyout=" + itsKey, "-out=" + asked));
    openssl(
        "x509",
        "-req",
        "-in=" + asked,
        "-CA=" + certificate,
        "-CAkey=" + key,
        "-CAcreateserial",
        "-days=" + days,
        "-extfile=" + extensions,
        "-out=" + itsCertificate);
    return new Issued(itsCertificate, itsKey);
  }

  private static String subject(String name) {
    return name.isEmpty() ? "/O=felix" : "/CN=" + name;
  }

  private static void request(List<String> options) throws IOException {
    var all = new ArrayList<>(List.of("req", "-nodes"));
    all.addAll(EC);
    all.addAll(options);
    openssl(all.toArray(String[]::new));
  }

  /** Runs openssl; {@code -name=value} is two arguments. */
  public static void openssl(String... arguments) throws IOException {
    var command = new ArrayList<>(List.of("openssl"));
    for (String argument : arguments) {
      int equals = argument.startsWith("-") ? argument.indexOf('=') : -1;
      if (equals < 0) {
        command.add(argument);
      } else {
        command.add(argument.substring(0, equals));
        command.add(argument.substring(equals + 1));
      }
    }
    Process openssl = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!openssl.waitFor(30, TimeUnit.SECONDS) || openssl.exitValue() != 0) {
        throw new IOException(command + ": " + said);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
