using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using HostingOps.Engine.Alerts.Outbox;
using HostingOps.Engine.Alerts.Payloads;
using HostingOps.Engine.Inventory;

namespace HostingOps.Engine.Alerts.Sending;

/// <summary>Posts alerts to webhooks. A redirect is not followed: it would carry the alert to somebody else.</summary>
internal sealed class WebhookSender : IDisposable
{
    // As much of a refusal as tells why.
    private const int MostAnswer = 2048;

    private readonly TimeProvider time;
    private readonly HttpClient client;

    /// <param name="time">The clock that a receiver's date is measured by.</param>
    public WebhookSender(TimeProvider time)
    {
        this.time = time;
        client = new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2), MaxResponseHeadersLength = 32 })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Posts.</summary>
    /// <exception cref="MissingVariableException">The address can't be filled in.</exception>
    public async Task<DeliveryAnswer> SendAsync(
        NotificationChannel channel, HostingAlert alert, string key, ChannelSecrets secrets, CancellationToken cancellationToken)
    {
        var written = channel.ReadWebhook() is { Length: > 0 } webhook ? webhook : PagerDutyPayload.PublicAddress;
        if (!Uri.TryCreate(secrets.Fill(written), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            return DeliveryAnswer.Never("its address is no web address: it was expected to begin with https://");
        }

        var token = channel.ReadToken() is { } named ? secrets.Fill(named) : null;
        var post = WebhookPost.For(channel.Preset, address, token, alert, key);
        if (post is null)
        {
            return DeliveryAnswer.Never(channel.Preset == NotificationPreset.Ntfy ? "its address names no topic" : "it has no token");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, post.Address)
        {
            Content = new StringContent(post.Body, Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("HostingOps", "1"));
        if (post.Bearer is { } bearer && !request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + bearer))
        {
            return DeliveryAnswer.Never("its token can't stand in a header");
        }

        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return await ReadAsync(answer, secrets, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception)
        {
            // Its message may hold the address.
            return DeliveryAnswer.Later("it can't be reached" + Why(exception));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private async Task<DeliveryAnswer> ReadAsync(HttpResponseMessage answer, ChannelSecrets secrets, CancellationToken cancellationToken)
    {
        var code = (int)answer.StatusCode;
        if (answer.IsSuccessStatusCode)
        {
            return DeliveryAnswer.Sent(code.ToString(CultureInfo.InvariantCulture));
        }

        var text = FormattableString.Invariant($"it answers {code}");
        if (code is >= 300 and < 400)
        {
            return DeliveryAnswer.Never(text + ", a redirect, which is not followed: write the address that it leads to");
        }

        var words = secrets.Hide(await WordsAsync(answer, cancellationToken).ConfigureAwait(false));
        text += words.Length == 0 ? "" : $": {words}";
        return code is 408 or 425 or 429 or >= 500 ? DeliveryAnswer.Later(text, Wish(answer.Headers.RetryAfter)) : DeliveryAnswer.Never(text);
    }

    private static async Task<string> WordsAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.Content.Headers.ContentType?.MediaType is { } type && !type.StartsWith("text/plain", StringComparison.Ordinal) && !type.Contains("json", StringComparison.Ordinal))
        {
            return "";
        }

        var buffer = new byte[MostAnswer];
        var stream = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            try
            {
                var count = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                return Encoding.UTF8.GetString(buffer, 0, count);
            }
            catch (IOException)
            {
                return "";
            }
        }
    }

    private TimeSpan? Wish(RetryConditionHeaderValue? header)
    {
        var wish = header?.Delta ?? (header?.Date is { } date ? date - time.GetUtcNow() : null);
        return wish is { } wanted ? wanted < TimeSpan.Zero ? TimeSpan.Zero : wanted > DeliveryWaits.Most ? DeliveryWaits.Most : wanted : null;
    }

    private static string Why(HttpRequestException exception) => exception switch
    {
        { HttpRequestError: HttpRequestError.NameResolutionError } => " (its name is not found)",
        { HttpRequestError: HttpRequestError.SecureConnectionError } => " (its certificate, or TLS, is refused)",
        { InnerException: System.Net.Sockets.SocketException socket } => $" ({socket.SocketErrorCode})",
        _ => "",
    };
}
