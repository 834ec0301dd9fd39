package org.reassign.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reassign.core.lead.Plugins;
import org.reassign.core.plugin.NamedPlugin;
import org.reassign.core.plugin.PluginFault;
import org.reassign.core.plugin.PluginKind;

/**
 * Tells whether a chosen plugin is at fault for what was thrown and must not be: the innermost cause was thrown by its
 * code, or names its class where it does not link. Policies are not asked for here, since the core catches what they
 * throw.
 */
public record PluginBlame(Plugins plugins) {
    private static final List<String> OURS = List.of("org.reassign.core.", "org.reassign.zk.", "org.reassign.cli.");

    /** The fault in a sentence, if it is a plugin's. */
    public Optional<PluginFault> of(Throwable thrown) {
        Throwable cause = innermost(thrown);
        for (StackTraceElement frame : cause.getStackTrace()) {
            Optional<Suspect> suspect = suspects().stream()
                    .filter(one -> one.owns(frame.getClassName()))
                    .findFirst();
            if (suspect.isPresent()) {
                return suspect.map(one -> one.fault(cause, thrown));
            }
            if (OURS.stream().anyMatch(frame.getClassName()::startsWith)) {
                break;
            }
        }
        return suspects().stream()
                .filter(one -> cause instanceof LinkageError && one.isNamedIn(cause))
                .findFirst()
                .map(one -> one.fault(cause, thrown));
    }

    private static Throwable innermost(Throwable thrown) {
        Throwable innermost = thrown;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost;
    }

    private List<Suspect> suspects() {
        List<Suspect> suspects = new ArrayList<>();
        suspects.add(new Suspect(PluginKind.STORAGE_LAYOUT, plugins.layout()));
        plugins.otherLayouts().forEach(other -> suspects.add(new Suspect(PluginKind.STORAGE_LAYOUT, other)));
        suspects.add(new Suspect(PluginKind.ISR_WATCHER, plugins.watcher()));
        plugins.channels().forEach(channel -> suspects.add(new Suspect(PluginKind.REQUEST_CHANNEL, channel)));
        suspects.add(new Suspect(PluginKind.GATEWAY, plugins.gateway()));
        return suspects;
    }

    private record Suspect(PluginKind<?> kind, NamedPlugin<?> plugin) {
        /** Whether a class is the plugin's or stands beside it. */
        boolean owns(String name) {
            Class<?> type = plugin.plugin().getClass();
            String own = type.getName();
            return name.equals(own)
                    || name.startsWith(own + "$")
                    || !type.getPackageName().isEmpty() && name.startsWith(type.getPackageName() + ".");
        }

        boolean isNamedIn(Throwable cause) {
            String own = plugin.plugin().getClass().getName();
            return String.valueOf(cause.getMessage()).replace('/', '.').contains(own);
        }

        PluginFault fault(Throwable cause, Throwable thrown) {
            String what = cause.toString().replaceAll("\\s+", " ").strip();
            return new PluginFault(
                    "the " + kind + " '" + plugin.name() + "' threw " + what + "; fix it or choose another", thrown);
        }
    }
}
