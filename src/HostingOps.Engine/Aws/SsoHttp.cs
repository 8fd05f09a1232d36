using System.Globalization;
using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;

namespace HostingOps.Engine.Aws;

/// <summary>Calls of one of SSO's two APIs, which are unsigned and answer JSON. Each is repeated twice when the service is at fault.</summary>
/// <param name="endpointVariable">The environment variable that overrides the endpoint.</param>
/// <param name="hostPrefix">How the host's name begins: <c>portal.sso</c>, <c>oidc</c>.</param>
/// <param name="region">SSO's region.</param>
internal sealed class SsoHttp(string endpointVariable, string hostPrefix, string region)
{
    private const int Tries = 3;

    public Uri Url(string path)
    {
        var root = AwsEnvironment.Variable(endpointVariable) ?? $"https://{hostPrefix}.{region}.{Fn.Partition(region)["dnsSuffix"]}";
        return new Uri($"{root.TrimEnd('/')}/{path}");
    }

    /// <exception cref="AmazonServiceException">The service refused.</exception>
    /// <exception cref="HttpRequestException">There was no connection.</exception>
    public async Task<JsonDocument> SendAsync(Func<HttpRequestMessage> create)
    {
        using var factory = new AwsHttpClientFactory();
        for (var attempt = 1; ; attempt++)
        {
            using var request = create();
            using var response = await factory.For(request.RequestUri!).SendAsync(request).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return Parse(body) ?? throw Failure(response, null, "an answer that is not JSON");
            }

            if (attempt == Tries || (response.StatusCode < HttpStatusCode.InternalServerError && response.StatusCode != HttpStatusCode.TooManyRequests))
            {
                throw Failure(response, Parse(body), "an error without a message");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200 * attempt)).ConfigureAwait(false);
        }
    }

    /// <exception cref="AmazonClientException">The answer lacks what it must have.</exception>
    public static T Read<T>(JsonDocument answer, Func<JsonElement, T> read)
    {
        try
        {
            return read(answer.RootElement);
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new AmazonClientException("The answer of SSO lacks what was asked for.", error);
        }
    }

    private static JsonDocument? Parse(byte[] body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // AWS's JSON services name the error in a header, OIDC's in the body as RFC 6749 has it.
    private static AmazonServiceException Failure(HttpResponseMessage response, JsonDocument? body, string otherwise)
    {
        using (body)
        {
            var code = response.Headers.TryGetValues("x-amzn-ErrorType", out var types)
                ? types.First().Split(':')[0]
                : Text(body, "error") ?? string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)response.StatusCode}");
            return new AmazonServiceException(
                Text(body, "message") ?? Text(body, "error_description") ?? otherwise,
                response.StatusCode >= HttpStatusCode.InternalServerError ? ErrorType.Receiver : ErrorType.Sender,
                code,
                response.Headers.TryGetValues("x-amzn-RequestId", out var ids) ? ids.First() : "",
                response.StatusCode);
        }
    }

    private static string? Text(JsonDocument? body, string name) =>
        body?.RootElement is { ValueKind: JsonValueKind.Object } root
        && root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
