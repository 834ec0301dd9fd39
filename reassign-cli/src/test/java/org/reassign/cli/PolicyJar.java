package org.reassign.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;

/** A vendor's plugin with one drop policy, compiled and packed by the test. */
final class PolicyJar {
    private PolicyJar() {}

    /**
     * Writes the jar.
     *
     * @param name the policy's name
     * @param members fields and constructors; the class is called Policy
     * @param body how {@code droppable(context)} goes on
     */
    static void write(Path folder, String name, String members, String body) throws IOException {
        Path work = Files.createDirectories(folder.resolveSibling(name + "-work"));
        Path source = Files.writeString(work.resolve("Policy.java"), """
                import org.reassign.api.model.Replicas;
                import org.reassign.api.spi.*;
                @org.pf4j.Extension @PluginName("%s")
                class Policy implements DropPolicy {
                  %s
                  public Replicas droppable(DropContext context) {
                    %s
                  }
                }
                """.formatted(name, members, body));
        int failures = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-d",
                        work.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString());
        if (failures > 0) {
            throw new AssertionError("the policy " + name + " does not compile");
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        Map.of("Plugin-Id", name, "Plugin-Version", "1.0.0", "Plugin-Requires", ">=1.0.0 & <2.0.0")
                .forEach(manifest.getMainAttributes()::putValue);
        Files.createDirectories(folder);
        try (OutputStream file = Files.newOutputStream(folder.resolve(name + ".jar"));
                JarOutputStream jar = new JarOutputStream(file, manifest)) {
            put(jar, "META-INF/extensions.idx", "Policy\n".getBytes(StandardCharsets.UTF_8));
            put(jar, "Policy.class", Files.readAllBytes(work.resolve("Policy.class")));
        }
    }

    private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }
}
