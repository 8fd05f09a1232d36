using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns;

/// <summary>A question with the ways in which it can be asked. Equal ones are answered alike.</summary>
/// <param name="Question">What is asked for.</param>
/// <param name="Recursion">Whether the server shall find the answer elsewhere (RD).</param>
/// <param name="CheckingDisabled">Whether a resolver shall not judge by DNSSEC (CD, RFC 4035 §3.2.2).</param>
/// <param name="Dnssec">Whether signatures are wanted (DO, RFC 3225).</param>
public sealed record DnsAsk(DnsQuestion Question, bool Recursion = false, bool CheckingDisabled = false, bool Dnssec = false)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Question}{(Recursion ? " RD" : "")}{(CheckingDisabled ? " CD" : "")}{(Dnssec ? " DO" : "")}";
}
