using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HostingOps.Engine.Watch.Reloading;

namespace HostingOps.Engine.Watch.Witnesses.Agents;

/// <summary>Asks another HostingOps agent what it sees, and believes only an answer that is signed for this very question.</summary>
internal sealed class AgentWitness : IWitness, IDisposable
{
    /// <summary>The age from which what a witness saw counts for nothing.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(15);

    private readonly WitnessAgent agent;
    private readonly TimeSpan timeout;
    private readonly Func<string, string?> environment;
    private readonly TimeProvider time;
    private readonly string? folder;
    private readonly object gate = new();
    private (FileStamp? Roots, HttpClient Http)? connected;

    /// <param name="agent">Who.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="folder">The folder that a relative <c>caFile</c> starts from, or null.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="time">The clock.</param>
    public AgentWitness(WitnessAgent agent, TimeSpan timeout, string? folder, Func<string, string?> environment, TimeProvider time)
    {
        this.agent = agent;
        this.timeout = timeout;
        this.folder = folder;
        this.environment = environment;
        this.time = time;
    }

    /// <inheritdoc/>
    public string Name => agent.Name;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<WitnessOpinion>> AskAsync(
        IReadOnlyList<(HostedSite Site, SiteHost Host)> targets, CancellationToken deadline, CancellationToken cancellationToken)
    {
        var parts = await Task.WhenAll(targets.Chunk(WitnessJson.MostQuestions).Select(part => AskPartAsync(part, deadline, cancellationToken))).ConfigureAwait(false);
        return [.. parts.SelectMany(static part => part)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            connected?.Http.Dispose();
        }
    }

    private async Task<IReadOnlyList<WitnessOpinion>> AskPartAsync(
        (HostedSite Site, SiteHost Host)[] targets, CancellationToken deadline, CancellationToken cancellationToken)
    {
        try
        {
            var key = WitnessKey.Read(agent.Key, environment);
            var body = WitnessJson.Write(new WitnessInquiry
            {
                Budget = (int)timeout.TotalMilliseconds,
                Questions = [.. targets.Select(static target => WitnessQuestion.Of(target.Site, target.Host))],
            });
            var nonce = WitnessSignature.NewNonce();
            var sent = WitnessSignature.TimeText(time.GetUtcNow());
            using var request = new HttpRequestMessage(HttpMethod.Post, agent.Url.TrimEnd('/') + WitnessSignature.Path)
            {
                Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
                Version = HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            };
            var asked = WitnessSignature.WitnessText(Name);
            request.Headers.Add(WitnessSignature.WitnessHeader, asked);
            request.Headers.Add(WitnessSignature.TimeHeader, sent);
            request.Headers.Add(WitnessSignature.NonceHeader, nonce);
            request.Headers.Add(WitnessSignature.SignatureHeader, WitnessSignature.OfQuestion(key, asked, sent, nonce, body));
            using var response = await Http().SendAsync(request, HttpCompletionOption.ResponseContentRead, deadline).ConfigureAwait(false);
            var answer = await response.Content.ReadAsByteArrayAsync(deadline).ConfigureAwait(false);
            var machine = Header(response, WitnessSignature.MachineHeader);
            return response.StatusCode != HttpStatusCode.OK ? All(targets, Refusal(response))
                : !WitnessSignature.IsHash(machine)
                || !WitnessSignature.AreEqual(WitnessSignature.OfAnswer(key, nonce, (int)response.StatusCode, machine!, answer), Header(response, WitnessSignature.SignatureHeader))
                    ? All(targets, "its answer is not signed with the shared key for this question")
                : WitnessJson.Read<IReadOnlyList<WitnessStatement>>(answer) is { } statements && statements.Count == targets.Length
                    ? [.. statements.Select(statement => Opinion(statement) with { Machine = machine })]
                : All(targets, "its answer can't be read");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return All(targets, FormattableString.Invariant($"no answer within {timeout.TotalSeconds:0.#} s"));
        }
        catch (HostingException error)
        {
            return All(targets, error.Message);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or CryptographicException or UnauthorizedAccessException or ArgumentException)
        {
            return All(targets, "it can't be asked: " + error.GetBaseException().Message);
        }
    }

    private WitnessOpinion Opinion(WitnessStatement? statement)
    {
        var age = TimeSpan.FromMilliseconds(statement?.Age ?? 0);
        if (statement is null || (statement.Answer != WitnessAnswer.Unknown && (statement.LookedAt is null || age < TimeSpan.Zero || age > Stale)))
        {
            return Unknown("it says not when it looked, or that was too long ago");
        }

        var reason = WitnessJson.Sentence(statement.Reason).TrimEnd('.');
        return new WitnessOpinion(Name, statement.Answer, statement.LookedAt is null
            ? reason
            : string.Create(CultureInfo.InvariantCulture, $"{reason}, seen {time.GetUtcNow() - age:HH:mm:ss}Z"));
    }

    private string Refusal(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        if (response.StatusCode == HttpStatusCode.MisdirectedRequest)
        {
            return $"it refuses the question: it is not the witness {Name}, or runs without '--name {Name}'";
        }

        if (response.StatusCode != HttpStatusCode.Unauthorized)
        {
            return FormattableString.Invariant($"it answers {status}") + (response.StatusCode == HttpStatusCode.TooManyRequests ? ": it is asked too often" : "");
        }

        // Not signed: a hint for whoever mends it, and nothing is decided on it.
        var apart = response.Headers.Date is { } there ? (there - time.GetUtcNow()).Duration() : TimeSpan.Zero;
        return apart > WitnessSignature.Skew
            ? FormattableString.Invariant($"it refuses the question: the two clocks are {apart.TotalSeconds:0} s apart")
            : "it refuses the question: the keys differ";
    }

    private IReadOnlyList<WitnessOpinion> All((HostedSite Site, SiteHost Host)[] targets, string reason) => [.. targets.Select(_ => Unknown(reason))];

    private WitnessOpinion Unknown(string reason) => new(Name, WitnessAnswer.Unknown, WitnessJson.Sentence(reason).TrimEnd('.'));

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    // One whose roots were replaced is not disposed of: questions may be under way, and its connections end when they are idle.
    private HttpClient Http()
    {
        var file = agent.CaFile is { } path ? Path.GetFullPath(path, string.IsNullOrEmpty(folder) ? Environment.CurrentDirectory : Path.GetFullPath(folder)) : null;
        lock (gate)
        {
            var stamp = file is null ? null : FileStamp.Of(file);
            if (connected is not { } last || last.Roots != stamp)
            {
                connected = last = (stamp, Connect(file));
            }

            return last.Http;
        }
    }

    private static HttpClient Connect(string? roots)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (roots is not null)
        {
            handler.SslOptions.CertificateChainPolicy = Trusting(roots);
        }

        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = WitnessJson.MostBytes };
    }

    private static X509ChainPolicy Trusting(string path)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPem(File.ReadAllText(path));
        return policy;
    }
}
