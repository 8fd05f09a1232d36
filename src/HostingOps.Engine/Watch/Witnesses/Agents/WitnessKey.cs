using System.Text;

namespace HostingOps.Engine.Watch.Witnesses.Agents;

/// <summary>A key that is shared with a witness, read from the environment when it is needed. Never shown.</summary>
internal sealed class WitnessKey
{
    /// <summary>As many characters as 128 bits have in hexadecimal.</summary>
    public const int Shortest = 32;

    private readonly byte[] secret;

    private WitnessKey(byte[] secret) => this.secret = secret;

    /// <summary>The key's bytes.</summary>
    public ReadOnlySpan<byte> Secret => secret;

    /// <summary>Reads the variable that a reference such as <c>${WITNESS_KEY}</c> names.</summary>
    /// <exception cref="HostingException">WitnessNotConfigured: it is not set, or too short to be a key.</exception>
    public static WitnessKey Read(string reference, Func<string, string?> environment)
    {
        var name = reference is ['$', '{', .., '}'] ? reference[2..^1] : "";
        var value = name.Length == 0 ? null : environment(name)?.Trim();
        return value is { Length: >= Shortest } ? new WitnessKey(Encoding.UTF8.GetBytes(value)) : throw new HostingException(
            ErrorIds.WitnessNotConfigured,
            HostingErrorCategory.AuthenticationError,
            name,
            string.IsNullOrEmpty(value)
                ? $"The environment variable {name}, which holds the key shared with the witness, is not set."
                : FormattableString.Invariant($"The key in the environment variable {name} has fewer than {Shortest} characters."),
            "Make a key with 'openssl rand -hex 32', and set the variable to it on each machine.");
    }

    /// <inheritdoc/>
    public override string ToString() => "a shared key";
}
