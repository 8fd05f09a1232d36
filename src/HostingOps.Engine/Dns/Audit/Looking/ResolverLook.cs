using HostingOps.Engine.Dns.Audit.Asking;
using HostingOps.Engine.Dns.Audit.Views;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.Audit.Looking;

/// <summary>Asks public resolvers as visitors' machines do; one that fails is asked again without judging by DNSSEC.</summary>
internal sealed class ResolverLook(PoliteDnsClient client, IReadOnlyList<PublicResolver> resolvers)
{
    /// <summary>Asks every resolver every question.</summary>
    public async Task<IReadOnlyList<ResolverAnswer>> LookAsync(IReadOnlyList<DnsQuestion> questions, CancellationToken cancellationToken) =>
        await Task.WhenAll(resolvers.SelectMany(resolver => questions.Select(question => AskAsync(resolver, question, cancellationToken)))).ConfigureAwait(false);

    private async Task<ResolverAnswer> AskAsync(PublicResolver resolver, DnsQuestion question, CancellationToken cancellationToken)
    {
        var answer = new ResolverAnswer(resolver.Text, question.Name, question.Type);
        if (resolver.Endpoint is not { } endpoint)
        {
            return answer with { Problem = resolver.Problem };
        }

        var reply = await client.AskAsync(endpoint, new DnsAsk(question, Recursion: true), cancellationToken).ConfigureAwait(false);
        answer = answer with { Message = reply.Message, Problem = reply.Problem };
        if (reply.Message is not { ResponseCode: DnsResponseCode.ServerFailure })
        {
            return answer;
        }

        var second = await client.AskAsync(endpoint, new DnsAsk(question, Recursion: true, CheckingDisabled: true), cancellationToken).ConfigureAwait(false);
        return answer with { Unchecked = second.Message };
    }
}
