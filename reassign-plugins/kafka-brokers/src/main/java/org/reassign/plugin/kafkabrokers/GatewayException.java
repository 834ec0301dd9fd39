package org.reassign.plugin.kafkabrokers;

/** Why a broker could not be commanded: one sentence that names the broker, its address and the remedy. */
final class GatewayException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean lasting;

    private GatewayException(String sentence, boolean lasting, Throwable cause) {
        super(sentence, cause);
        this.lasting = lasting;
    }

    /** It may be different at the next try: the broker is not there, or late. */
    static GatewayException passing(String sentence) {
        return new GatewayException(sentence, false, null);
    }

    /** It stays so until somebody changes the configuration of the broker or of this gateway. */
    static GatewayException lasting(String sentence) {
        return new GatewayException(sentence, true, null);
    }

    /** A {@link #lasting(String)} one with its cause. */
    static GatewayException lasting(String sentence, Throwable cause) {
        return new GatewayException(sentence, true, cause);
    }

    /** Whether the next try would find the same. */
    boolean isLasting() {
        return lasting;
    }
}
