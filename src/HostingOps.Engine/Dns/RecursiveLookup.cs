using System.Net;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns;

/// <summary>
/// Looks names up as their visitors do: through resolvers, the first that gives an answer, with few questions at once. An
/// authoritative server that knows the name will do as well.
/// </summary>
/// <param name="client">Asks.</param>
/// <param name="servers">The resolvers, best one first.</param>
/// <param name="timeout">For one question to one server.</param>
internal sealed class RecursiveLookup(DnsClient client, IReadOnlyList<IPEndPoint> servers, TimeSpan timeout)
{
    // A resolver counts its clients' questions, and drops those of a flood.
    private const int QuestionsAtOnce = 16;
    private const int LongestChain = 8;

    private readonly SemaphoreSlim places = new(QuestionsAtOnce);

    /// <summary>Looks the addresses of a name up.</summary>
    /// <param name="name">The name.</param>
    /// <param name="type">A or AAAA.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <returns>The answer, or why nobody knows.</returns>
    public async Task<DnsLookup> AskAsync(string name, DnsRecordType type, CancellationToken cancellationToken)
    {
        var cnames = new List<string>();
        var at = DnsName.Parse(name);
        while (true)
        {
            var (message, problem) = await QuestionAsync(at, type, cancellationToken).ConfigureAwait(false);
            if (message is null)
            {
                return new DnsLookup { Cnames = cnames, Problem = problem };
            }

            var asked = at;
            while (message.Answers.FirstOrDefault(record => record.Type == DnsRecordType.CNAME && record.Name.Equals(at))?.Data.Target is { } target)
            {
                cnames.Add(target.ToLower().ToString());
                at = target;
                if (cnames.Count > LongestChain)
                {
                    return new DnsLookup { Cnames = cnames, Problem = $"the chain of CNAME records from {name} is longer than {LongestChain}" };
                }
            }

            var addresses = message.Answers
                .Where(record => record.Type == type && record.Name.Equals(at))
                .Select(static record => record.Data.Address!)
                .ToList();
            if (addresses.Count > 0 || at.Equals(asked) || message.ResponseCode == DnsResponseCode.NameError)
            {
                return new DnsLookup { Cnames = cnames, Addresses = addresses, DoesNotExist = message.ResponseCode == DnsResponseCode.NameError };
            }
        }
    }

    private async Task<(DnsMessage? Message, string? Problem)> QuestionAsync(DnsName name, DnsRecordType type, CancellationToken cancellationToken)
    {
        var problem = "this machine has no resolver set";
        foreach (var server in servers)
        {
            await places.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var message = await client.QueryAsync(server, new DnsQuestion(name, type), timeout, recursionDesired: true, cancellationToken).ConfigureAwait(false);
                if (message.ResponseCode is not (DnsResponseCode.NoError or DnsResponseCode.NameError))
                {
                    problem = $"the name server {server} answers {message.ResponseCode} for {name}";
                }
                else if (message.Answers.Count == 0 && !message.RecursionAvailable && !message.IsAuthoritative)
                {
                    problem = $"the name server {server} looks no names up for others";
                }
                else
                {
                    return (message, null);
                }
            }
            catch (HostingException exception) when (exception.ErrorId == ErrorIds.DnsQueryFailed)
            {
                problem = char.ToLowerInvariant(exception.Message[0]) + exception.Message[1..].TrimEnd('.');
            }
            finally
            {
                places.Release();
            }
        }

        return (null, problem);
    }
}
