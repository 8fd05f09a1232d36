namespace HostingOps.Engine.Apex.Addresses;

/// <summary>What an address answered.</summary>
/// <param name="Redirects">Whether it answered as a redirector does.</param>
/// <param name="InstanceId">The instance that the answer names, or null when it names none.</param>
/// <param name="Seen">What came back, in words: <c>301 to https://www.example.com/</c>, or the failure.</param>
public sealed record ElasticIpAnswer(bool Redirects, string? InstanceId, string Seen)
{
    /// <summary>The status, or null when there was no answer.</summary>
    public int? Status { get; init; }
}
