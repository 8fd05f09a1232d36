using System.Net.Http.Headers;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.SharedInterfaces;

namespace HostingOps.Engine.Aws;

/// <summary>Renews the token of an SSO sign-in: CreateToken of the SSO OIDC API. Signing in takes a person, and 'aws sso login'.</summary>
internal sealed class SsoTokens(SsoHttp http) : ICoreAmazonSSOOIDC
{
    public Task<GetSsoTokenResponse> GetSsoTokenAsync(GetSsoTokenRequest getSsoTokenRequest) =>
        throw new AmazonClientException("The SSO session has ended, or was never begun.");

    public async Task<GetSsoTokenResponse> RefreshTokenAsync(GetSsoTokenResponse previousResponse)
    {
        var asked = DateTime.UtcNow;
        using var answer = await http.SendAsync(() => new HttpRequestMessage(HttpMethod.Post, http.Url("token"))
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string?>
            {
                ["clientId"] = previousResponse.ClientId,
                ["clientSecret"] = previousResponse.ClientSecret,
                ["grantType"] = "refresh_token",
                ["refreshToken"] = previousResponse.RefreshToken,
            }))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            },
        }).ConfigureAwait(false);
        return SsoHttp.Read(answer, root => new GetSsoTokenResponse
        {
            AccessToken = root.GetProperty("accessToken").GetString(),
            ExpiresAt = asked.AddSeconds(root.GetProperty("expiresIn").GetInt32()),

            // A service that gives no new one means that the old one goes on.
            RefreshToken = root.TryGetProperty("refreshToken", out var next) && next.ValueKind == JsonValueKind.String
                ? next.GetString()
                : previousResponse.RefreshToken,
            ClientId = previousResponse.ClientId,
            ClientSecret = previousResponse.ClientSecret,
            RegistrationExpiresAt = previousResponse.RegistrationExpiresAt,
            Region = previousResponse.Region,
            StartUrl = previousResponse.StartUrl,
        });
    }
}
