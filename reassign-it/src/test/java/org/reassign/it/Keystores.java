package org.reassign.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A key of 127.0.0.1 with its certificate, made by the JDK's {@code keytool}, and a store that trusts it. */
record Keystores(Path keys, Path trusting) {
    static final String PASSWORD = "changeit";

    /** Makes both in a folder. */
    static Keystores make(Path folder, String name) {
        Path keys = folder.resolve(name + ".p12");
        Path certificate = folder.resolve(name + ".pem");
        Path trusting = folder.resolve(name + "-trusting.p12");
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "RSA",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                keys.toString());
        keytool("-exportcert", "-alias", name, "-file", certificate.toString(), "-keystore", keys.toString());
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                name,
                "-file",
                certificate.toString(),
                "-keystore",
                trusting.toString());
        return new Keystores(keys, trusting);
    }

    private static void keytool(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool failed: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
