BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')) -Force
    $state = $env:HOSTINGOPS_STATE
    $env:HOSTINGOPS_STATE = Join-Path $TestDrive 'state.db'
    $inventory = Join-Path $TestDrive 'hosting.yml'
    Set-Content $inventory @'
version: 1
zone: sites.example.net
defaults:
  check: { interval: 1s, timeout: 2s, confirmInterval: 200ms, faultDuration: 1s }
hosts:
  do-1: { provider: digitalocean, address: 203.0.113.10 }
  li-1: { provider: linode, address: 198.51.100.7 }
sites:
  acme: { domain: acme-legal.example, primary: do-1, secondary: li-1 }
  bakery: { domain: bakery.example, primary: li-1, secondary: do-1 }
'@
    $sandbox = Start-HostingSandbox -InventoryPath $inventory
}

AfterAll {
    $sandbox | Stop-HostingSandbox
    $env:HOSTINGOPS_STATE = $state
}

Describe 'Start-SiteWatch' {
    It 'gives each site once with -Once, and goes on from there' {
        $first = Start-SiteWatch -Once -InventoryPath $sandbox.InventoryPath
        $first.SiteName | Sort-Object | Should -Be 'acme', 'bakery'
        $first.To | Select-Object -Unique | Should -Be 'Healthy'
        $first.From | Select-Object -Unique | Should -Be 'Unknown'
        (Start-SiteWatch -Once -InventoryPath $sandbox.InventoryPath).From | Select-Object -Unique | Should -Be 'Healthy'
    }

    It 'streams what changes and ends when downstream has enough' {
        $sandbox.StopHost('do-1')
        try {
            $change = Start-SiteWatch -InventoryPath $sandbox.InventoryPath | Where-Object To -EQ Down | Select-Object -First 1
            $change.SiteName | Should -BeIn 'acme', 'bakery'
            $change.HostName | Should -Be 'do-1'
            $change.Reason | Should -Not -BeNullOrEmpty
        } finally {
            $sandbox.StartHost('do-1')
        }

        # The right to watch has been given back.
        Start-SiteWatch -Once -InventoryPath $sandbox.InventoryPath | Should -HaveCount 2
    }

    It 'says who watches already' {
        $module = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
        $path = $sandbox.InventoryPath
        $job = Start-ThreadJob { Import-Module $using:module; while ($true) { try { Start-SiteWatch -InventoryPath $using:path } catch { Start-Sleep -Milliseconds 50 } } }
        try {
            for ($i = 0; $i -lt 300; $i++) {
                $failed = $null
                try { $null = Start-SiteWatch -Once -InventoryPath $sandbox.InventoryPath } catch { $failed = $_; break }

                # Long enough for the other to get the right to watch: it tries far more often.
                Start-Sleep -Milliseconds 500
            }
            "$($failed.FullyQualifiedErrorId)" | Should -BeLike 'WatcherBusy,*'
            "$failed" | Should -BeLike "*process $PID*"
        } finally {
            $job | Stop-Job -PassThru | Remove-Job -Force
        }
    }
}
