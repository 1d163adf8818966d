// hnswlib on the files that VectorBenchmark wrote: builds, then searches at each effort.
// Arguments: base.f32 queries.f32 truth.i32 dimension k threads rounds effort...
// Prints "build SECONDS", then for each effort "EFFORT RECALL P50_US P99_US".
#include <hnswlib/hnswlib.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <set>
#include <string>
#include <thread>
#include <vector>

template <typename T>
static std::vector<T> read_all(const std::string &path) {
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  if (!in) {
    std::fprintf(stderr, "cannot read %s\n", path.c_str());
    std::exit(1);
  }
  std::vector<T> values(static_cast<size_t>(in.tellg()) / sizeof(T));
  in.seekg(0);
  in.read(reinterpret_cast<char *>(values.data()), values.size() * sizeof(T));
  return values;
}

static double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

int main(int argc, char **argv) {
  if (argc < 9) {
    std::fprintf(stderr, "too few arguments\n");
    return 2;
  }
  const auto base = read_all<float>(argv[1]);
  const auto queries = read_all<float>(argv[2]);
  const auto truth = read_all<int>(argv[3]);
  const size_t dimension = std::stoul(argv[4]), k = std::stoul(argv[5]);
  const size_t threads = std::stoul(argv[6]), rounds = std::stoul(argv[7]);
  const size_t count = base.size() / dimension, asked = queries.size() / dimension;

  // The vectors are directions: their product is the cosine.
  hnswlib::InnerProductSpace space(dimension);
  hnswlib::HierarchicalNSW<float> index(&space, count, 16, 100);
  auto start = std::chrono::steady_clock::now();
  index.addPoint(base.data(), 0);
  std::atomic<size_t> next{1};
  std::vector<std::thread> builders;
  for (size_t t = 0; t < threads; t++) {
    builders.emplace_back([&] {
      for (size_t i; (i = next++) < count;) {
        index.addPoint(&base[i * dimension], i);
      }
    });
  }
  for (auto &builder : builders) {
    builder.join();
  }
  std::printf("build %.1f\n", seconds_since(start));
  std::fflush(stdout);

  for (int argument = 8; argument < argc; argument++) {
    const size_t effort = std::stoul(argv[argument]);
    index.setEf(effort);
    size_t found = 0;
    std::vector<double> took;
    for (size_t round = 0; round <= rounds; round++) {
      for (size_t q = 0; q < asked; q++) {
        start = std::chrono::steady_clock::now();
        auto hits = index.searchKnn(&queries[q * dimension], k);
        const double micros = 1e6 * seconds_since(start);
        if (round == 0) { // warms up, and is counted
          const std::set<int> right(&truth[q * k], &truth[q * k] + k);
          for (; !hits.empty(); hits.pop()) {
            found += right.count(static_cast<int>(hits.top().second));
          }
        } else {
          took.push_back(micros);
        }
      }
    }
    std::sort(took.begin(), took.end());
    std::printf("%zu %.4f %.0f %.0f\n", effort, double(found) / (asked * k),
                took[took.size() / 2], took[took.size() * 99 / 100]);
    std::fflush(stdout);
  }
}
