using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.Audit.Views;

/// <summary>What all servers of its zone say of one name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Zone">Its zone, or null when the way to it ended.</param>
/// <param name="Answers">An answer for each address asked.</param>
/// <param name="Chain">Where the first answer leads.</param>
/// <param name="Problem">Why nobody was asked, or null.</param>
internal sealed record NameView(DnsName Name, DnsName? Zone, IReadOnlyList<NameAnswer> Answers, ChainView Chain, string? Problem = null)
{
    /// <summary>The answers that are some.</summary>
    public IEnumerable<NameAnswer> Heard => Answers.Where(static answer => answer.Problem is null);

    /// <summary>The different answers, each with all the servers that gave it.</summary>
    public IReadOnlyList<(NameAnswer Answer, IReadOnlyList<string> From)> Distinct()
    {
        var groups = new List<(NameAnswer Answer, List<string> From)>();
        foreach (var answer in Heard)
        {
            var group = groups.FirstOrDefault(group => group.Answer.SaysTheSameAs(answer));
            if (group.Answer is null)
            {
                groups.Add((answer, [answer.From]));
            }
            else
            {
                group.From.Add(answer.From);
            }
        }

        return groups.ConvertAll(static group => (group.Answer, (IReadOnlyList<string>)group.From));
    }
}
