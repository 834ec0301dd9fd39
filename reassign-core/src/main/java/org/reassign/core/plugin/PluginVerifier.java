package org.reassign.core.plugin;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** Makes plugins to see whether it can be done, each with a deadline. */
public final class PluginVerifier {
    private final PluginHost host;
    private final Duration deadline;

    /**
     * A verifier.
     *
     * @param deadline how long a plugin's constructor may take
     */
    public PluginVerifier(PluginHost host, Duration deadline) {
        this.host = host;
        this.deadline = deadline;
    }

    /**
     * The plugins from certain jars, each made once; those that cannot be made say why.
     *
     * @param of which jars, by their {@linkplain PluginHost#real real} paths
     * @param settings plugin name to what the user has set for it
     * @throws ChoiceException where a setting is wrong, or one that is required is missing
     */
    public List<PluginEntry> verify(Predicate<Path> of, Map<String, ? extends Map<String, String>> settings) {
        return host.inventory().stream()
                .filter(entry -> of.test(Path.of(entry.jar())))
                .map(entry -> entry.usable() ? made(entry, settings.get(entry.name())) : entry)
                .toList();
    }

    private PluginEntry made(PluginEntry entry, Map<String, String> given) {
        Map<String, String> set = given == null ? Map.of() : given;
        FutureTask<?> making = new FutureTask<>(() -> host.choose(PluginKind.named(entry.kind()), entry.name(), set));
        Thread thread = new Thread(making, "verify");
        thread.setDaemon(true);
        thread.start();
        try {
            making.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            return entry;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PluginFault fault) {
                return entry.broken(fault.getMessage());
            }
            throw e.getCause() instanceof ChoiceException mistake ? mistake : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            return entry.broken("plugin " + entry.jar() + ": the constructor of the " + entry.kind() + " '"
                    + entry.name() + "' has not returned within " + deadline.toSeconds()
                    + " s; let it return at once and do the work when it is asked");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return entry.broken("plugin " + entry.jar() + ": interrupted while it was made; verify it again");
        }
    }
}
