BeforeDiscovery {
    # Debian keeps servers in sbin, which an ordinary user's PATH may lack.
    $hasNginx = [bool](Get-Command nginx, /usr/sbin/nginx -CommandType Application -ErrorAction Ignore)
}

BeforeAll {
    $modulePath = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    Import-Module $modulePath -Force
    $inventory = Join-Path $TestDrive 'hosting.yml'
    Set-Content $inventory @'
version: 1
zone: sites.example.net
hosts:
  do-1: { provider: digitalocean, address: 203.0.113.10 }
  li-1: { provider: linode, address: 198.51.100.7 }
sites:
  acme: { domain: acme.example, aliases: [acmelaw.example], record: acme, primary: do-1, secondary: li-1, mirror: { certificates: "/etc/letsencrypt/live/{domain}" } }
  bakery: { domain: bakery.example, record: bakery, primary: li-1, secondary: do-1, mirror: {} }
  plain: { domain: plain.example, record: plain, primary: do-1, secondary: li-1 }
'@
    $env:HOSTINGOPS_INVENTORY = $inventory
}

AfterAll {
    $env:HOSTINGOPS_INVENTORY = $null
}

Describe 'New-SiteMirrorConfig' {
    It 'gives each secondary host its own configuration and writes nothing' {
        $all = @(New-SiteMirrorConfig -SkipTest)
        $all | Should -BeOfType HostingOps.SiteMirrorConfig
        $all.HostName | Should -Be 'do-1', 'li-1'
        $all[1].SiteNames | Should -Be 'acme'
        $all[1].Names | Should -Be 'acme.example', 'acmelaw.example', 'www.acme.example', 'www.acmelaw.example'
        $all.IsHttps | Should -Be $false, $true
        $all.Path | Where-Object { $_ } | Should -BeNullOrEmpty
        $all[1].Text | Should -Match '(?m)^    server_name www\.acme\.example;$'
        $all[1].Text | Should -Match ([regex]::Escape('include "/srv/mirrors/acme/current/serve/nginx*.conf";'))
        $all[1].Text | Should -Not -Match 'bakery|plain|\r'
    }

    It 'takes sites from the pipeline' {
        (Get-HostedSite acme, plain | New-SiteMirrorConfig -SkipTest).SiteNames | Should -Be 'acme'
    }

    It 'has the real server test it' -Skip:(-not $hasNginx) {
        $tested = New-SiteMirrorConfig -HostName LI-1
        $tested.Test.Outcome | Should -Be 'Passed'
        $tested.Test.Output | Should -Not -Match 'warn'
    }

    It 'says that a site has no mirror' {
        { New-SiteMirrorConfig plain -SkipTest -ErrorAction Stop } | Should -Throw -ErrorId 'MirrorConfigInvalid,*'
    }

    Context 'Writing' {
        BeforeEach {
            $file = Join-Path $TestDrive "$([guid]::NewGuid()).conf"
        }

        It 'writes the file of one host, and replaces what it wrote' {
            $config = New-SiteMirrorConfig -HostName li-1 -Path $file -SkipTest
            $config.Path | Should -Be $file
            [IO.File]::ReadAllText($file) | Should -BeExactly $config.Text
            (New-SiteMirrorConfig -HostName li-1 -Path $file -SkipTest -Format Caddy).Path | Should -Be $file
        }

        It 'refuses one file for several hosts' {
            { New-SiteMirrorConfig -Path $file -SkipTest -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument,*' -ExpectedMessage '*do-1, li-1*'
            $file | Should -Not -Exist
        }

        It 'writes nothing with -WhatIf' {
            (New-SiteMirrorConfig -HostName li-1 -Path $file -SkipTest -WhatIf).Path | Should -BeNullOrEmpty
            $file | Should -Not -Exist
        }

        It 'leaves a file alone that was edited' {
            $null = New-SiteMirrorConfig -HostName li-1 -Path $file -SkipTest
            Add-Content $file '# mine'
            { New-SiteMirrorConfig -HostName li-1 -Path $file -SkipTest -ErrorAction Stop } | Should -Throw -ErrorId 'FileExists,*'
            (New-SiteMirrorConfig -HostName li-1 -Path $file -SkipTest -Force).Path | Should -Be $file
        }
    }
}
