namespace HostingOps.Testing.Http;

/// <summary>One request as it came over the wire.</summary>
/// <param name="Method">As sent.</param>
/// <param name="Target">Path and query as sent, nothing decoded.</param>
/// <param name="Headers">Field values by name, without regard to case; several of one name are joined with a comma.</param>
/// <param name="At">When it had come, by the clock of <see cref="Environment.TickCount64"/>.</param>
public sealed record RawRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, long At)
{
    public string Path => Target.Split('?', 2)[0];

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public override string ToString() => $"{Method} {Target}";
}
