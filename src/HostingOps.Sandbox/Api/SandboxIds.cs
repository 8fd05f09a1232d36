namespace HostingOps.Sandbox.Api;

/// <summary>Makes ids in AWS's shapes. Safe for use from several threads.</summary>
internal sealed class SandboxIds(Random random)
{
    private const string Capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private const string Hex = "0123456789abcdef";

    private readonly object gate = new();

    /// <summary>A Route 53 hosted zone's id, without <c>/hostedzone/</c>.</summary>
    public string HostedZone() => "Z" + Text(Capitals, 20);

    /// <summary>A Route 53 change's id, without <c>/change/</c>.</summary>
    public string Change() => "C" + Text(Capitals, 20);

    /// <summary>An EC2 id such as <c>i-0123456789abcdef0</c>.</summary>
    public string Ec2(string prefix) => $"{prefix}-0{Text(Hex, 16)}";

    /// <summary>A UUID: request ids and health check ids.</summary>
    public string RequestId() => $"{Text(Hex, 8)}-{Text(Hex, 4)}-4{Text(Hex, 3)}-8{Text(Hex, 3)}-{Text(Hex, 12)}";

    private string Text(string alphabet, int length)
    {
        // Not a security token: repeatable with a seeded Random, hence no RandomNumberGenerator.
        lock (gate)
        {
            return string.Create(length, (alphabet, random), static (span, state) =>
            {
                for (var index = 0; index < span.Length; index++)
                {
                    span[index] = state.alphabet[state.random.Next(state.alphabet.Length)];
                }
            });
        }
    }
}
