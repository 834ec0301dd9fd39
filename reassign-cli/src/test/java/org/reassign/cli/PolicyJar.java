package org.reassign.cli;

import java.io.IOException;
import java.nio.file.Path;

/** A vendor's plugin with one policy, compiled and packed by the test. */
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
        write(folder, name, "", members, body);
    }

    /** The same with annotations on the class. */
    static void write(Path folder, String name, String annotations, String members, String body) throws IOException {
        PluginJar.write(folder, name, "Policy", """
                import org.reassign.api.model.Replicas;
                import org.reassign.api.spi.*;
                %s
                @org.pf4j.Extension @PluginName("%s")
                class Policy implements DropPolicy {
                  %s
                  public Replicas droppable(DropContext context) {
                    %s
                  }
                }
                """.formatted(annotations, name, members, body));
    }

    /**
     * Writes a jar with a conflict policy.
     *
     * @param body how {@code resolve(running, request, entry)} goes on
     */
    static void writeConflict(Path folder, String name, String body) throws IOException {
        PluginJar.write(folder, name, "Conflicts", """
                import org.reassign.api.model.ReassignmentRecord;
                import org.reassign.api.spi.*;
                @org.pf4j.Extension @PluginName("%s")
                class Conflicts implements ConflictPolicy {
                  public Resolution resolve(
                      ReassignmentRecord running, StoredRequest request, StoredRequest.Valid entry) {
                    %s
                  }
                }
                """.formatted(name, body));
    }
}
